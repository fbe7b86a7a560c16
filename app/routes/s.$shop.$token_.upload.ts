import type { ActionFunctionArgs } from '@remix-run/node';
import { linkOf } from '../components/survey/hosted-door.server.ts';
import { fileDoor, noFilesByGet } from '../components/survey/upload-door.ts';
import { deps } from '../infra/deps.server.ts';
import { takeUpload } from '../services/take-upload.ts';

export const loader = noFilesByGet;
export const action = ({ request, ...args }: ActionFunctionArgs) =>
  fileDoor(deps().log, request, (file) => takeUpload(deps(), { ...linkOf(args), ...file }));
