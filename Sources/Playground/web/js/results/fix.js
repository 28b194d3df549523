// The change that remedies a violation: shown first, then made in the editor as one step that can be undone.

import { post } from '../api.js';
import { openDialog } from '../dialog.js';
import { button, el } from '../dom.js';
import { diffView } from './parts.js';

export async function offerFix(app, violation) {
  const { resource, pointer, message, policy } = violation;
  const before = JSON.stringify(app.workspace);
  let answer;
  try {
    answer = await post('fix', { ...app.workspace.toJSON(), options: app.requestOptions(), violation: { policy: policy.id, resource, pointer, message } });
  } catch (error) {
    app.notices.failed(error, 'There is no fix');
    return;
  }
  const { edit, diff, unsafe, reason } = answer;
  const title = `Fix of ${policy.id}`;
  if (!edit) {
    openDialog({ title, kind: 'dialog-small', content: [el('p', null, 'Nothing is changed.'), el('p', { class: 'soft' }, `${reason[0].toUpperCase()}${reason.slice(1)}.`)] });
    return;
  }
  const { dialog } = openDialog({
    title, kind: 'dialog-wide', content: el('div', { class: 'stack' },
      el('p', null, message),
      unsafe ? el('p', { class: 'banner' }, 'Programs may behave differently afterwards: try it out.') : null,
      diffView(diff),
      el('p', { class: 'small soft' }, 'Tried: with this change the violation is gone, and no other one comes.')),
    actions: [button('Apply fix', { icon: 'check', kind: 'button-primary', onclick: () => {
      dialog.close();
      if (JSON.stringify(app.workspace) === before) app.applyFix(edit);
      else app.notices.tell('The texts have changed since; ask for the fix again.', { kind: 'error', key: 'fix' });
    } })],
  });
  dialog.querySelector('.dialog-foot .button-primary').focus();
}
