/* Pictures and voice notes. Loaded where one is asked. Each file goes to the app as soon as it is there; the answer
   names what the app calls it, in hidden inputs, which the form reads like any others. */
(() => {
  const { make } = window.aftercareSurvey;
  const MEGABYTE = 1024 * 1024;

  /* Chromium and Firefox record WebM, Safari MP4. */
  const FORMATS = ['audio/webm;codecs=opus', 'audio/mp4', ''];

  function files(place, question, given, words) {
    const { id, type, maxSeconds } = question;
    const isVoice = type === 'voice_note';
    const most = isVoice ? 1 : question.maxFiles;
    const megabytes = words.megabytes[isVoice ? 'voice' : 'image'];
    const list = make('ul.files', {});
    const status = make('p.soft', { role: 'status' });
    /* What is seen where it happens, for those who hear it. */
    const spoken = make('p.spoken', { role: 'status' });
    const choose = make('input', { type: 'file', accept: isVoice ? 'audio/*' : 'image/*' });
    const add = make(
      'label.value',
      {},
      make('span', {}, isVoice ? words.addAudio : words.addPicture),
      choose,
    );
    const record = make('button.back', { type: 'button' }, words.record);
    let canRecord = isVoice && 'MediaRecorder' in window && !!navigator.mediaDevices;
    let recording = null;

    const refresh = () => {
      const isFull = list.children.length >= most;
      add.hidden = isFull || canRecord;
      record.hidden = isFull || !canRecord;
    };
    /* Whoever goes on meanwhile is asked to wait, before the form hears of it. */
    const isBusy = () => recording !== null || list.querySelector('[aria-busy]') !== null;
    const hold = (event) => {
      if (!place.isConnected) return place.form?.removeEventListener('submit', hold, true);
      if (!isBusy()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      status.textContent = words.pending;
    };
    function changed() {
      refresh();
      list.dispatchEvent(new Event('input', { bubbles: true }));
      list.dispatchEvent(new Event('change', { bubbles: true }));
    }

    function entry(name, blob) {
      const state = make('span', {});
      const again = make('button.back', { type: 'button', hidden: true }, words.tryAgain);
      const remove = make(
        'button.back',
        { type: 'button', 'aria-label': `${words.remove}: ${name}` },
        words.remove,
      );
      const item = make('li', {}, make('span', { dir: 'auto' }, name), state, again, remove);
      remove.addEventListener('click', () => {
        item.remove();
        changed();
        (add.hidden ? record : choose).focus();
      });
      again.addEventListener('click', () => send());
      if (blob && isVoice) {
        const sound = make('audio', { controls: true, src: URL.createObjectURL(blob) });
        item.prepend(sound);
      }
      list.append(item);
      refresh();

      const say = (words) => {
        state.textContent = words;
        spoken.textContent = `${name}: ${words}`;
      };
      const done = (uploadId) => {
        item.removeAttribute('aria-busy');
        item.append(make('input', { type: 'hidden', name: id, value: uploadId }));
        say(words.added);
        changed();
      };
      const failed = (message, canTryAgain) => {
        item.removeAttribute('aria-busy');
        say(message);
        again.hidden = !canTryAgain;
      };
      function send() {
        again.hidden = true;
        if (blob.size > megabytes * MEGABYTE)
          return failed(words.tooLarge.replace('{max}', megabytes), false);
        item.setAttribute('aria-busy', 'true');
        state.textContent = words.uploading.replace('{percent}', '');
        const request = new XMLHttpRequest();
        request.open('POST', `${words.address}&question=${encodeURIComponent(id)}`);
        request.responseType = 'json';
        request.upload.addEventListener('progress', ({ loaded, total }) => {
          const percent = new Intl.NumberFormat(document.documentElement.lang || undefined, {
            style: 'percent',
          });
          if (total) state.textContent = words.uploading.replace('{percent}', percent.format(loaded / total));
        });
        request.addEventListener('loadend', () => {
          if (!item.isConnected) return;
          const { id: uploadId, errors } = request.response ?? {};
          if (request.status === 201) done(uploadId);
          else failed(errors?.[0]?.message ?? words.failed, !errors);
        });
        request.send(blob);
      }
      return { send, done };
    }

    choose.addEventListener('change', () => {
      const [file] = choose.files;
      if (file) entry(file.name, file).send();
      choose.value = '';
    });

    async function start() {
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        canRecord = false;
        refresh();
        status.textContent = words.microphoneRefused;
        return;
      }
      const mimeType = FORMATS.find((format) => !format || MediaRecorder.isTypeSupported(format));
      const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 48000 });
      const parts = [];
      let left = maxSeconds;
      const say = () => {
        const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
        record.textContent = `${words.stop} (${time})`;
        if (left === maxSeconds) spoken.textContent = words.recording.replace('{time}', time);
      };
      const clock = setInterval(() => {
        left -= 1;
        say();
        if (left <= 0 || !place.isConnected) recorder.stop();
      }, 1000);
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      recorder.addEventListener('stop', () => {
        clearInterval(clock);
        for (const track of stream.getTracks()) track.stop();
        recording = null;
        record.textContent = words.record;
        if (place.isConnected) entry(words.record, new Blob(parts, { type: recorder.mimeType })).send();
      });
      recording = recorder;
      recorder.start();
      say();
    }
    record.addEventListener('click', () => {
      if (recording) recording.stop();
      else start();
    });

    for (const uploadId of [given[id] ?? []].flat().filter(Boolean)) {
      entry(isVoice ? words.record : words.addPicture).done(uploadId);
    }
    place.replaceChildren(list, add, record, status, spoken);
    place.form = place.closest('form');
    place.form?.addEventListener('submit', hold, true);
    refresh();
  }

  window.aftercareSurvey.files = files;
})();
