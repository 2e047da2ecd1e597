// The pages work without this; it adds keys, menus that remember, and panels that open without a reload.
(() => {
  'use strict';
  const doc = document;
  const one = (selector, root) => (root || doc).querySelector(selector);
  const all = (selector, root) => [...(root || doc).querySelectorAll(selector)];
  const typing = (element) => element.closest('input:not([type=checkbox]):not([type=submit]), select, textarea, [contenteditable]');

  function theme(name) {
    doc.cookie = 'theme=' + name + ';path=/;max-age=31536000;samesite=lax';
    doc.documentElement.className = name;
    all('[data-theme]').forEach((choice) => choice.setAttribute('aria-checked', choice.dataset.theme === name));
  }

  doc.addEventListener('click', (event) => {
    const target = event.target;
    const themed = target.closest('[data-theme]');
    if (themed) {
      theme(themed.dataset.theme);
      themed.closest('[popover]').hidePopover();
      return;
    }
    const opener = target.closest('[data-open]');
    if (opener) {
      const dialog = doc.getElementById(opener.dataset.open);
      const single = one('input[name=only]', dialog);
      if (single) {
        single.value = opener.dataset.one || '';
        ticked();
      }
      dialog.showModal();
      const first = one('[autofocus], .inp', dialog);
      if (first) {
        first.focus();
      }
      return;
    }
    if (target.closest('[data-close]')) {
      target.closest('dialog').close();
      return;
    }
    if (target.closest('[data-dismiss]')) {
      target.closest('.toast').remove();
      return;
    }
    const copied = target.closest('[data-copy]');
    if (copied) {
      navigator.clipboard.writeText(copied.dataset.copy);
      return;
    }
    all('details.menu[open]').filter((menu) => !menu.contains(target)).forEach((menu) => { menu.open = false; });
    const row = target.closest('tr[data-href]');
    if (row && !target.closest('a, button, input, label, summary')) {
      go(row.dataset.href, row);
    }
  });

  doc.addEventListener('change', (event) => {
    const field = event.target;
    if (field.matches('[data-go]')) {
      // Fields that are empty stay out of the address.
      all('select, input', field.form).forEach((each) => { each.disabled = each.disabled || each.value === ''; });
      field.form.submit();
    }
    if (field.matches('[data-all]')) {
      all('input[type=checkbox][name=' + field.dataset.all + ']').forEach((box) => { box.checked = field.checked; });
    }
    if (field.type === 'checkbox') {
      ticked();
    }
  });
  doc.addEventListener('reset', () => setTimeout(() => {
    all('[data-bulk]').forEach((bar) => all('input[name=' + bar.dataset.bulk + ']').forEach((box) => { box.checked = false; }));
    ticked();
  }));

  // Rows that are ticked: the bar above the table counts them.
  function ticked() {
    all('[data-bulk]').forEach((bar) => {
      const boxes = all('input[type=checkbox][name=' + bar.dataset.bulk + ']');
      const on = boxes.filter((box) => box.checked);
      boxes.forEach((box) => box.closest('tr').classList.toggle('sel', box.checked));
      bar.hidden = on.length === 0;
      const single = one('input[name=only]');
      all('[data-count]', bar.closest('form') || bar).forEach((place) => {
        place.textContent = single && single.value && !bar.contains(place) ? 1 : on.length;
      });
    });
    all('[data-all]').forEach((master) => {
      const boxes = all('input[type=checkbox][name=' + master.dataset.all + ']');
      const on = boxes.filter((box) => box.checked).length;
      master.checked = on > 0 && on === boxes.length;
      master.indeterminate = on > 0 && on < boxes.length;
    });
  }

  // Part of a form that follows what is typed: fetched anew from its address with the form's fields as query.
  // <section id data-live="example.xhtml" data-live-keep="parameters of this page that go along">
  let typed;
  doc.addEventListener('input', (event) => {
    const form = event.target.form;
    const part = form && one('[data-live]', form);
    if (!part) {
      return;
    }
    clearTimeout(typed);
    typed = setTimeout(async () => {
      const query = new URLSearchParams([...new FormData(form)].filter(([name]) => !name.startsWith('jakarta.faces')));
      part.dataset.liveKeep.split(' ').forEach((name) => {
        const value = new URLSearchParams(location.search).get(name);
        if (value) {
          query.set(name, value);
        }
      });
      const fetched = await fetch(part.dataset.live + '?' + query).catch(() => null);
      const fresh = fetched && fetched.ok && new DOMParser().parseFromString(await fetched.text(), 'text/html').getElementById(part.id);
      const old = doc.getElementById(part.id);
      if (fresh && old) {
        old.replaceWith(doc.importNode(fresh, true));
      }
    }, 250);
  });

  // A form is sent once.
  doc.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    send(form, event);
    if (event.defaultPrevented) {
      return;
    }
    form.dataset.sent = 'yes';
    all('[type=submit]', form).forEach((button) => button.setAttribute('aria-disabled', 'true'));
    setTimeout(() => { delete form.dataset.sent; all('[type=submit]', form).forEach((button) => button.removeAttribute('aria-disabled')); }, 8000);
  });

  // Links and rows that open something beside a list: only that part is fetched.
  async function go(href, from) {
    const panel = one('[data-panel]');
    const url = new URL(href, location.href);
    if (!panel || url.pathname !== location.pathname || !(from && from.closest('[data-opens]'))) {
      location.href = href;
      return;
    }
    const fetched = await fetch(url, { headers: { Accept: 'text/html' } });
    if (!fetched.ok || fetched.redirected) {
      location.href = href;
      return;
    }
    show(new DOMParser().parseFromString(await fetched.text(), 'text/html'));
    history.pushState(null, '', url);
  }

  function show(fresh) {
    all('[data-panel]').forEach((part) => {
      const other = part.id && fresh.getElementById(part.id);
      if (other) {
        part.replaceWith(doc.importNode(other, true));
      }
    });
    all('tr[data-row]').forEach((row) => {
      const other = one('tr[data-row="' + row.dataset.row + '"]', fresh);
      row.classList.toggle('cur', Boolean(other) && other.classList.contains('cur'));
    });
    // The forms that stay belong to the newest view from here on.
    const state = one('input[name="jakarta.faces.ViewState"]', fresh);
    if (state) {
      all('input[name="jakarta.faces.ViewState"]').forEach((field) => { field.value = state.value; });
    }
    const current = one('tr.cur');
    if (current) {
      current.scrollIntoView({ block: 'nearest' });
    }
    prepare();
  }

  doc.addEventListener('click', (event) => {
    const link = event.target.closest('[data-opens] a[href], [data-panel] a[data-in-panel]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0 && link.matches('.row-link, [data-in-panel]')) {
      event.preventDefault();
      go(link.href, link.closest('[data-opens]') ? link : one('[data-opens] tr'));
    }
  });
  window.addEventListener('popstate', () => location.reload());

  // Keys. Off while somebody types.
  let pending = '';
  const places = { o: 'overview', c: 'calls', s: 'statements' };
  doc.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || one('dialog[open]')) {
      return;
    }
    if (typing(event.target)) {
      if (event.key === 'Escape') {
        event.target.blur();
      }
      return;
    }
    if (pending === 'g') {
      pending = '';
      const link = places[event.key] && one('.side a[data-nav=' + places[event.key] + ']');
      if (link) {
        event.preventDefault();
        link.click();
      }
      return;
    }
    const key = event.key;
    const find = doc.getElementById('find');
    if (key === '/' && find) {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (key === '?') {
      event.preventDefault();
      doc.getElementById('keys').showModal();
    } else if (key === 'g') {
      pending = 'g';
      setTimeout(() => { pending = ''; }, 1200);
    } else if (key === 'j' || key === 'k') {
      event.preventDefault();
      step(key === 'j' ? 1 : -1);
    } else if (key === 'x') {
      const box = rowAtHand() && one('input[type=checkbox]', rowAtHand());
      if (box) {
        event.preventDefault();
        box.click();
      }
    } else if (key === 'Escape') {
      const close = one('[data-panel] [data-escape]');
      if (close && !one(':popover-open')) {
        close.click();
      }
    } else if (key.length === 1) {
      const found = all('[data-key="' + CSS.escape(key) + '"]').filter((each) => each.offsetParent !== null);
      if (found.length) {
        event.preventDefault();
        found[0].click();
      } else if (key === 'c' && rowAtHand() && doc.getElementById('give')) {
        const box = one('input[type=checkbox]:not(:disabled)', rowAtHand());
        if (box) {
          event.preventDefault();
          box.checked = true;
          ticked();
          one('[data-bulk] [data-key=c]').click();
        }
      }
    }
  });

  const rows = () => all('main tbody tr').filter((row) => one('a.row-link', row));
  function rowAtHand() {
    const focused = doc.activeElement && doc.activeElement.closest('main tbody tr');
    return focused || one('main tbody tr.cur');
  }
  function step(by) {
    const list = rows();
    const at = list.indexOf(rowAtHand());
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
    if (next) {
      one('a.row-link', next).focus();
      next.scrollIntoView({ block: 'nearest' });
    }
  }

  // A suggest box: <input data-suggest="id of a list of <li data-value data-words>">; Enter takes the first.
  function suggest(input) {
    const list = doc.getElementById(input.dataset.suggest);
    if (!list || input.dataset.ready) {
      return;
    }
    input.dataset.ready = 'yes';
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    const items = all('li', list);
    items.forEach((item, no) => { item.setAttribute('role', 'option'); item.id = list.id + '-' + no; });
    let shown = [];
    let at = -1;
    const mark = (to) => {
      items.forEach((item) => item.removeAttribute('aria-selected'));
      at = to;
      if (shown[at]) {
        shown[at].setAttribute('aria-selected', 'true');
        shown[at].scrollIntoView({ block: 'nearest' });
        input.setAttribute('aria-activedescendant', shown[at].id);
      } else {
        input.removeAttribute('aria-activedescendant');
      }
    };
    const filter = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const score = (item) => (item.dataset.value === input.value.trim() ? 0 : item.dataset.value.startsWith(words[0] || '') ? 1 : 2);
      shown = items.filter((item) => words.every((word) => item.dataset.words.toLowerCase().includes(word)));
      shown.sort((a, b) => score(a) - score(b));
      items.forEach((item) => { item.hidden = true; });
      shown.slice(0, 8).forEach((item) => { item.hidden = false; list.append(item); });
      shown = shown.slice(0, 8);
      list.hidden = shown.length === 0;
      input.setAttribute('aria-expanded', String(shown.length > 0));
      mark(words.length && shown.length ? 0 : -1);
    };
    const take = (item) => {
      input.value = item.dataset.value;
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
    };
    input.addEventListener('input', filter);
    input.addEventListener('focus', filter);
    input.addEventListener('blur', () => setTimeout(() => { list.hidden = true; }, 150));
    input.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        mark(Math.min(Math.max(at + (event.key === 'ArrowDown' ? 1 : -1), 0), shown.length - 1));
      } else if (event.key === 'Enter' && shown[at] && !list.hidden && shown[at].dataset.value !== input.value.trim()) {
        take(shown[at]);
      } else if (event.key === 'Escape' && !list.hidden) {
        event.stopPropagation();
        event.preventDefault();
        list.hidden = true;
      }
    });
    list.addEventListener('mousedown', (event) => {
      const item = event.target.closest('li');
      if (item) {
        event.preventDefault();
        take(item);
        input.focus();
        list.hidden = true;
      }
    });
    list.hidden = true;
  }

  // Dropping files on the card works as choosing them does; one that is too large is refused before it is sent.
  function drop(zone) {
    const input = one('input[type=file]', zone);
    if (!input || zone.dataset.ready) {
      return;
    }
    zone.dataset.ready = 'yes';
    const told = one('[data-file]', zone);
    ['dragenter', 'dragover'].forEach((name) => zone.addEventListener(name, () => zone.classList.add('over')));
    ['dragleave', 'drop'].forEach((name) => zone.addEventListener(name, () => zone.classList.remove('over')));
    input.addEventListener('change', () => {
      const files = [...input.files];
      const large = files.find((file) => file.size > Number(zone.dataset.most || Infinity));
      zone.classList.toggle('err', Boolean(large));
      if (large) {
        input.value = '';
        told.textContent = large.name + ': ' + zone.dataset.mostText;
        return;
      }
      if (files.length && told) {
        told.textContent = files.map((file) => file.name + ', ' + file.size.toLocaleString(doc.documentElement.lang) + ' bytes').join(' · ');
      }
      const submit = one('[type=submit]', input.form);
      if (files.length && submit) {
        submit.focus();
      }
    });
  }

  // Files that were chosen are sent one by one, each with its progress and its result:
  // <label data-drop data-send="address" data-source data-lost="text" data-refreshes="ids"> in a form with <ul data-sent-list>.
  function send(form, event) {
    const zone = one('[data-drop][data-send]', form);
    const input = zone && one('input[type=file]', zone);
    const chooser = form.elements.source;
    const source = chooser ? chooser.value : zone && zone.dataset.source;
    if (!zone || !input.files.length || !source) {
      return;
    }
    event.preventDefault();
    const button = one('[type=submit]', form);
    const list = one('[data-sent-list]', form);
    const files = [...input.files];
    button.disabled = true;
    list.replaceChildren();
    const rows = files.map((file) => {
      const row = doc.createElement('li');
      const name = doc.createElement('span');
      const bar = doc.createElement('progress');
      name.textContent = file.name;
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute('aria-label', file.name);
      row.append(name, bar);
      list.append(row);
      return row;
    });
    (async () => {
      let last = null;
      for (let no = 0; no < files.length; no++) {
        const way = files[no].size > LARGE ? sendLarge : sendOne;
        last = await way(zone, source, files[no], rows[no], files.length === 1);
      }
      if (files.length === 1 && last && last.length === 1) {
        location.href = last[0].href;
        return;
      }
      input.value = '';
      one('[data-file]', zone).textContent = '';
      button.disabled = false;
      zone.dataset.refreshes.split(' ').map((id) => doc.getElementById(id)).filter(Boolean).forEach((part) => {
        part.dataset.refresh = '1';
        refresh(part);
      });
    })();
  }

  function tellSent(row, tone, lines) {
    row.className = tone;
    row.replaceChildren(...lines.map((line) => {
      const part = doc.createElement(line.href ? 'a' : 'span');
      part.textContent = line.text;
      if (line.href) {
        part.href = line.href;
      }
      return part;
    }));
  }

  // A large file is sent in slices by the tus protocol. After a cut it goes on with the byte behind the last that was
  // kept; after a reload too, once the same file is chosen again.
  const LARGE = 8 << 20;
  const SLICE = 4 << 20;
  const TRIES = 10;

  async function sendLarge(zone, source, file, row, only) {
    const bar = one('progress', row);
    const name = one('span', row);
    const key = ['upload', source, file.name, file.size, file.lastModified].join('|');
    const tus = { 'Tus-Resumable': '1.0.0' };
    const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
    const stands = async (at) => {
      const head = await fetch(at, { method: 'HEAD', headers: tus });
      if (head.status === 404) {
        return -1;
      }
      if (!head.ok) {
        throw new Error(head.status);
      }
      return Number(head.headers.get('Upload-Offset'));
    };
    const refused = async (answer) => {
      const problem = await answer.json().catch(() => null);
      localStorage.removeItem(key);
      tellSent(row, 'bad', [{ text: file.name + ': ' + (problem && problem.detail || zone.dataset.lost) }]);
      return null;
    };
    let at = localStorage.getItem(key);
    let offset = at ? undefined : -1;
    for (let failed = 0; failed < TRIES;) {
      try {
        if (offset === undefined) {
          offset = await stands(at);
        }
        if (offset < 0) {
          const made = await fetch('uploads', { method: 'POST', headers: { ...tus, 'Upload-Length': file.size, 'Upload-Metadata': 'filename ' + base64(file.name) + ',source ' + base64(source) } });
          if (made.status >= 400 && made.status < 500) {
            return await refused(made);
          }
          at = made.headers.get('Location');
          if (!at) {
            throw new Error(made.status);
          }
          localStorage.setItem(key, at);
          offset = 0;
        }
        name.textContent = file.name;
        bar.value = offset / file.size * 100;
        const sent = await fetch(at, { method: 'PATCH', headers: { ...tus, 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' }, body: file.slice(offset, offset + SLICE) });
        if (sent.status === 204) {
          offset = Number(sent.headers.get('Upload-Offset'));
          failed = 0;
          if (offset === file.size) {
            const told = await fetch(at + (only ? '?only=1' : ''));
            if (!told.ok) {
              throw new Error(told.status);
            }
            const answer = await told.json();
            localStorage.removeItem(key);
            tellSent(row, 'ok', answer.lines);
            return answer.lines;
          }
        } else if (sent.status >= 400 && sent.status < 500 && sent.status !== 409 && sent.status !== 404 && sent.status !== 429) {
          return await refused(sent);
        } else {
          throw new Error(sent.status);
        }
      } catch (e) {
        failed++;
        offset = at ? undefined : -1;
        name.textContent = file.name + ': ' + zone.dataset.waits;
        await new Promise((go) => setTimeout(go, Math.min(30000, 500 * 2 ** failed)));
      }
    }
    tellSent(row, 'bad', [{ text: file.name + ': ' + zone.dataset.goesOn }]);
    return null;
  }

  function sendOne(zone, source, file, row, only) {
    const bar = one('progress', row);
    const query = new URLSearchParams({ source, name: file.name });
    if (only) {
      query.set('only', '1');
    }
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      const tell = (tone, lines) => tellSent(row, tone, lines);
      request.open('POST', zone.dataset.send + '?' + query);
      request.setRequestHeader('X-Rebill-Upload', '1');
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.responseType = 'json';
      request.upload.addEventListener('progress', (event) => { bar.value = event.total ? event.loaded / event.total * 100 : 0; });
      request.addEventListener('load', () => {
        const answer = request.response;
        if (request.status === 200 && answer && answer.lines) {
          tell('ok', answer.lines);
          done(answer.lines);
        } else {
          tell('bad', [{ text: file.name + ': ' + (answer && answer.detail || zone.dataset.lost) }]);
          done(null);
        }
      });
      request.addEventListener('error', () => {
        tell('bad', [{ text: file.name + ': ' + zone.dataset.lost }]);
        done(null);
      });
      request.send(file);
    });
  }

  // Parts that change by themselves, such as the progress of an import. Once one stands still, the part that data-then
  // names is fetched too: it told of what was still going on.
  function refresh(part) {
    setTimeout(async () => {
      if (!part.isConnected) {
        return;
      }
      const fetched = await fetch(location.href).catch(() => null);
      if (!fetched || !fetched.ok) {
        refresh(part);
        return;
      }
      const there = new DOMParser().parseFromString(await fetched.text(), 'text/html');
      const node = anew(part, there);
      if (node && node.dataset.refresh) {
        refresh(node);
      } else if (part.dataset.then) {
        anew(doc.getElementById(part.dataset.then), there);
      }
    }, Number(part.dataset.refresh));
  }

  function anew(part, there) {
    const fresh = part && there.getElementById(part.id);
    const node = fresh && doc.importNode(fresh, true);
    if (node) {
      part.replaceWith(node);
    }
    return node;
  }

  // A form with data-unsaved says so from the first change on, and the browser asks before that is lost.
  function unsaved(form) {
    let changed = Boolean(one('[aria-invalid=true]', form));
    const note = one('[data-unsaved-note]', form);
    const show = () => {
      if (note) {
        note.hidden = !changed;
      }
    };
    show();
    form.addEventListener('input', () => {
      changed = true;
      show();
    });
    form.addEventListener('submit', () => {
      changed = false;
    });
    addEventListener('beforeunload', (event) => {
      if (changed) {
        event.preventDefault();
      }
    });
  }

  function prepare() {
    all('[data-suggest]').forEach(suggest);
    all('[data-drop]').forEach(drop);
    ticked();
  }

  doc.addEventListener('DOMContentLoaded', () => {
    prepare();
    all('[data-refresh][id]').forEach(refresh);
    all('form[data-unsaved]').forEach(unsaved);
    const wrong = one('[aria-invalid=true]');
    if (wrong) {
      const dialog = wrong.closest('dialog');
      if (dialog && !dialog.open) {
        dialog.showModal();
      }
      wrong.focus();
    }
    setTimeout(() => all('.toast').forEach((toast) => toast.remove()), 8000);
  });
})();
