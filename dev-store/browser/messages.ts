/** What the app's frame and the admin around it tell each other. */
export interface NavLink {
  href: string;
  label: string;
}
export interface BarButton {
  /** Place among the buttons of its element; the click comes back with it. */
  index: number;
  label: string;
  primary: boolean;
  tone: string | null;
  disabled: boolean;
  loading: boolean;
}
/** The button of a toast; its click comes back with the id. */
export interface ToastAction {
  id: string;
  label: string;
}
export type FromApp =
  | { type: 'ready' }
  | { type: 'location'; path: string }
  | { type: 'nav'; links: NavLink[] }
  | { type: 'title'; title: string; buttons: BarButton[] }
  | { type: 'saveBar'; buttons: BarButton[] | null }
  | { type: 'toast'; message: string; isError: boolean; durationMs: number; action: ToastAction | null }
  | { type: 'loading'; on: boolean }
  | { type: 'open'; url: string }
  | { type: 'idToken'; request: number };
export type ToApp =
  | { type: 'navigate'; href: string }
  | { type: 'click'; bar: 'title' | 'saveBar'; index: number }
  | { type: 'toastAction'; id: string }
  | { type: 'idToken'; request: number; token: string };

/** Marks our messages among those of other scripts. */
export const CHANNEL = 'dev-store-app-bridge';
