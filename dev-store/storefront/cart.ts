import { Router, type Request } from 'express';
import { cookie } from '../http/handlers.ts';

const CART_COOKIE = 'dev_store_cart';

/** How many pieces the visitor has put into the cart; which ones is nobody's question here. */
export function cartCount(request: Request): number {
  const count = Number(cookie(request, CART_COOKIE));
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/** The cart as themes know it: a form adds a piece, and a script asks what is in it. */
export function cartRoutes(): Router {
  const router = Router();
  router.get('/storefront/cart.js', (request, response) => {
    response.json({ item_count: cartCount(request) });
  });
  router.post('/storefront/cart/add', (request, response) => {
    const count = String(cartCount(request) + 1);
    response.cookie(CART_COOKIE, count, { httpOnly: true, sameSite: 'lax' });
    response.redirect(303, request.get('referer') ?? '/storefront');
  });
  router.post('/storefront/cart/clear', (_request, response) => {
    response.clearCookie(CART_COOKIE);
    response.redirect(303, '/storefront');
  });
  return router;
}
