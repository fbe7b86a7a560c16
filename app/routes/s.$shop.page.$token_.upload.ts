import type { ActionFunctionArgs } from '@remix-run/node';
import { linkOf } from '../components/survey/hosted-door.server.ts';
import { fileDoor, noFilesByGet } from '../components/survey/upload-door.ts';
import { deps } from '../infra/deps.server.ts';
import { takeUploadOfContinuation } from '../services/continue-survey.ts';

export const loader = noFilesByGet;
/** A picture or a voice note on the page that an account led to. */
export const action = ({ request, ...args }: ActionFunctionArgs) =>
  fileDoor(deps().log, request, (file) => takeUploadOfContinuation(deps(), { ...linkOf(args), ...file }));
