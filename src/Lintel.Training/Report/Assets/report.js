"use strict";
(() => {
  const byId = (id) => document.getElementById(id);

  // a node from a tag, its attributes and its children; text is only ever set as text
  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) { node.setAttribute(name, value); }
    }
    for (const child of children.flat()) {
      if (child) { node.append(child); }
    }
    return node;
  };

  const digits = (value) => {
    if (value === null || value === undefined || Number.isNaN(value)) { return "missing"; }
    if (typeof value !== "number") { return String(value); }
    const size = Math.abs(value);
    const text = size !== 0 && size < 0.001 ? value.toExponential(1)
      : value.toLocaleString("en", { maximumFractionDigits: size < 10 ? 3 : size < 1000 ? 1 : 0 });
    return text.replace("-", "−");
  };
  const percent = (share) => share === null || share === undefined ? "–"
    : `${(100 * share).toLocaleString("en", { maximumFractionDigits: share < 0.01 ? 3 : 1 })} %`;

  // charts: the nearest point answers the pointer
  for (const svg of document.querySelectorAll("svg[data-points]")) {
    const points = svg.dataset.points.split(";").filter(Boolean).map((p) => p.split(",").map(Number));
    const probe = svg.querySelector(".probe"), read = svg.parentElement.querySelector(".read"), note = read.textContent;
    const line = probe.querySelector("line"), dot = probe.querySelector("circle");
    const show = (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      let best = null, distance = Infinity;
      for (const p of points) {
        const d = Math.abs(p[0] - at.x) + 0.2 * Math.abs(p[1] - at.y);
        if (d < distance) { best = p; distance = d; }
      }
      if (!best) { return; }
      line.setAttribute("x1", best[0]); line.setAttribute("x2", best[0]);
      dot.setAttribute("cx", best[0]); dot.setAttribute("cy", best[1]);
      probe.removeAttribute("hidden");
      read.textContent = `${svg.dataset.x} ${digits(best[2])}, ${svg.dataset.y} ${digits(best[3])}`;
      read.classList.add("on");
    };
    svg.addEventListener("pointermove", show);
    svg.addEventListener("pointerdown", show);
    svg.addEventListener("pointerleave", () => {
      probe.setAttribute("hidden", ""); read.textContent = note; read.classList.remove("on");
    });
  }

  // contents: where the reader is
  const links = new Map([...document.querySelectorAll("nav a")].map((a) => [a.getAttribute("href").slice(1), a]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        for (const link of links.values()) { link.classList.remove("here"); }
        links.get(entry.target.id)?.classList.add("here");
      }
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  for (const section of document.querySelectorAll("section[id]")) { watcher.observe(section); }

  // how the answers do: beside the test's figures, read again every ten seconds while somebody looks
  const monitor = byId("monitor");
  if (monitor && location.protocol.startsWith("http")) {
    byId("monitor-offline").remove();
    const figure = (f, name) => name.startsWith("coverage") || f.unit === "share" ? percent(f.value) : digits(f.value);
    const between = (f) => f.interval ? `${figure({ ...f, value: f.interval[0] }, f.metric)} … ${figure({ ...f, value: f.interval[1] }, f.metric)}` : "";
    const rowsOf = (headings, rows) => make("div", { class: "scroll" }, make("table", {},
      make("thead", {}, make("tr", {}, headings.map((h, i) => make("th", { class: i && "n" }, h)))),
      make("tbody", {}, rows.map(([style, ...cells]) => make("tr", { class: style }, cells.map((c, i) => make("td", { class: i && "n" }, c)))))));
    const cells = (title, list) => {
      if (!list.length) { return null; }
      const shown = list[0].figures.map((f) => f.metric).filter((m) => /^(mae|bias|on-time|coverage@.*|width@.*)$/.test(m));
      return [make("h3", {}, title), rowsOf(["", "outcomes", ...shown], list.map((cell) => [cell.judged ? null : "all", cell.name, digits(cell.matured),
        ...shown.map((m) => { const f = cell.figures.find((of) => of.metric === m); return f.value === null ? "–" : figure(f, m); })]))];
    };
    // a value's shares: the test's in outline, the live ones filled
    const shares = (bins) => {
      const most = Math.max(...bins.map((b) => Math.max(b.test, b.live)));
      return make("div", { class: "shares" }, bins.map((b) => make("span", { title: `${b.label}: ${percent(b.live)} now, ${percent(b.test)} in the test` },
        make("i", { style: `height:${(24 * b.live / most).toFixed(1)}px` }), make("b", { style: `height:${(24 * b.test / most).toFixed(1)}px` }))));
    };
    const drifts = (drift, count) => [
      make("h3", {}, "Drift"),
      make("p", { class: "small" }, `Features and scores of the last ${drift.window}, beside ${digits(drift.rows)} decisions of ${drift.from} to ${drift.to}, which the version was judged on: ${drift.measure} above ${drift.bound} has drifted. ${drift.needed === null ? "The test holds too few decisions to judge by." : `Judged from ${digits(drift.needed)} decisions on.`} Outlines are the test's shares, bars those of now.`),
      make("div", { class: "tiles" }, count("decisions", drift.decisions), count("drifted", drift.values.filter((v) => v.verdict === "broken").length)),
      drift.decisions ? rowsOf(["", drift.measure, "by chance", "test and now", "moved most, test → now"], drift.values.filter((v, i) => v.verdict === "broken" || i < 10).map((v) =>
        [v.verdict === "undecided" ? "all" : null, make("span", {}, v.verdict === "broken" ? make("span", { class: "badge bad" }, "drifted") : "", ` ${v.name}${v.kind === "score" ? " (score)" : ""}`),
          digits(v.index), digits(v.noise), shares(v.bins), v.moved])) : null,
    ];
    const badge = { holds: "good", broken: "bad", undecided: "fair" };
    const draw = (report) => {
      const { quality, drift } = report;
      const off = report.watches.filter((w) => !w.on).map((w) => make("li", {}, make("b", {}, w.name), ` is not watched: ${w.what}`));
      const count = (name, value) => make("div", { class: "tile" }, make("span", { class: "label" }, name), make("span", { class: "figure" }, digits(value)));
      const c = quality?.counts;
      const answers = quality && [
        make("div", { class: "tiles" }, count("decisions", c.decisions), count("outcomes", c.matured), count("ended without one", c.censored), count(`unheard after ${quality.wait}`, c.unheard), count("wait", c.waiting)),
        quality.gates.length && make("p", {}, quality.gates.flatMap((g) => [make("span", { class: `badge ${badge[g.verdict] ?? "none"}`, title: g.measured },
          `${g.gate}${g.slice ? ` (${g.slice})` : ""} ${g.verdict === "notMeasured" ? "not measured" : g.verdict}`), " "])),
        rowsOf(["metric", "live", "95 %", "test", "decisions"], quality.figures.map((f) => [null, f.metric, f.value === null ? "–" : figure(f, f.metric), between(f),
          f.test === null ? "–" : figure({ ...f, value: f.test }, f.metric), digits(f.rows)])),
        cells(`By ${quality.by}`, quality.groups), cells("Slices", quality.slices), cells("By hour of the decision", quality.hours),
      ];
      monitor.replaceChildren(...[
        answers, drift && drifts(drift, count),
        off.length && make("ul", { class: "small" }, off),
      ].flat(3).filter(Boolean));
    };
    const look = () => document.hidden || fetch("/v1/monitor").then((r) => r.json()).then((report) => {
      draw(report);
      monitor.hidden = false;
      byId("monitor-lead").textContent = report.quality
        ? `What was answered beside what happened, over the last ${report.quality.window} by when it became known${report.at ? `, as of ${report.at.slice(0, 19).replace("T", " ")} UTC` : ""}. Version ${report.version} is watched; its test's figures stand beside.`
        : `What is decided now, beside the days that the version was judged on${report.at ? `; as of ${report.at.slice(0, 19).replace("T", " ")} UTC` : ""}.`;
    }).catch(() => { });
    look();
    setInterval(look, 10000);
  }

  // the live engine
  if (!byId("form-data") || !location.protocol.startsWith("http")) { return; }
  const design = JSON.parse(byId("form-data").textContent);
  const form = byId("decide"), fields = form.querySelector("fieldset"), state = byId("state");
  fields.disabled = false;
  byId("offline").remove();

  // the page was written when the version was made; who is live now, only the server knows
  const status = byId("status");
  fetch("/v1/versions").then((r) => r.json()).then(({ live }) => {
    if (!live) { return; }
    const mine = live.champion === design.version;
    status.classList.toggle("good", mine);
    if (mine) { status.classList.remove("fair", "bad"); }
    const since = new Date(live.since).toISOString().slice(0, 16).replace("T", " ");
    status.querySelector("p").replaceChildren(make("b", {}, mine ? "Live." : `Not live; version ${live.champion} is.`),
      mine ? ` Promoted ${since} UTC by ${live.by}: ${live.reason}` : "",
      mine && live.override && make("span", { class: "override" }, `Overridden: ${live.override}`) || "");
  }).catch(() => { });

  const valueOf = (input) => {
    if (input.value === "") { return null; }
    if (input.dataset.type === "number") { return Number(input.value); }
    return input.dataset.type === "bool" ? input.value === "true" : input.value;
  };
  const valuesOf = (inputs) => Object.fromEntries([...inputs].map((i) => [i.name, valueOf(i)]));

  // what an event's inputs say; what its subject says too is read there
  const filled = (fields, prefix, subject) => Object.fromEntries(fields.map((f) =>
    [f.name, f.same ? subject[f.same] : valueOf(form.elements.namedItem(prefix + f.name))]));

  const send = async (path, body) => {
    const response = await fetch(path, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) {
      const more = (answer.errors || []).slice(1).map((e) => `${e.pointer}: ${e.what}`);
      throw new Error([answer.detail || answer.title || `the server answered ${response.status}`, ...more].join("; "));
    }
    return answer;
  };

  const colour = (outcome) => `c${Math.max(0, design.outcomes.indexOf(outcome)) % 6}`;
  const fact = (label, value) => make("div", {}, make("span", {}, label), make("b", {}, value));
  const signed = (value) => (value > 0 ? "+" : "") + digits(value);

  const remark = (decision) => decision.unexplained
    ?? (decision.letThrough ? "let through on purpose, so that the truth stays observable"
      : decision.windows === "as of now" ? "another key or time has other windows: read as they are now" : null);

  // the ranges that quantiles make in pairs, the widest below; where the estimate lies, and what is promised
  const strip = (decision) => {
    const ends = Object.entries(decision.quantiles ?? {}).map(([level, value]) => ({ level: parseFloat(level), value }))
      .sort((a, b) => a.level - b.level);
    if (ends.length < 2) { return null; }
    const all = [...ends.map((e) => e.value), decision.promise];
    const low = Math.min(...all), span = Math.max(...all) - low || 1;
    const x = (value) => `${5 + 90 * (value - low) / span}%`;
    const pairs = ends.slice(0, ends.length / 2).map((e, i) => [e, ends[ends.length - 1 - i]])
      .filter(([a, b]) => Math.abs(a.level + b.level - 100) < 1e-9);
    const at = (style, left, title, text, right) => {
      const node = make("span", { class: style, title }, text);
      node.style.left = left;
      if (right) { node.style.width = `calc(${right} - ${left})`; }
      return node;
    };
    return make("div", { class: "strip", id: "range" },
      pairs.map(([a, b], i) => at(`span s${i}`, x(a.value), `${b.level - a.level} % lie between ${digits(a.value)} and ${digits(b.value)}`, "", x(b.value))),
      at("tick", x(decision.estimate), `estimate ${digits(decision.estimate)}`, ""),
      at("promised", x(decision.promise), `promised ${digits(decision.promise)}`, ""),
      [ends[0], ends[ends.length - 1]].map((e) => at("end", x(e.value), `${e.level} % lie below`, digits(e.value))));
  };

  // a regression's answer is what it promises, with the estimate and the quantiles of what may come
  const estimate = (decision, before) => [
    make("div", { class: "outcome" }, make("b", { "data-promise": decision.promise }, digits(decision.promise)),
      make("span", { class: "was" }, !before ? "promised" : before.promise === decision.promise ? "promised, as before" : `promised instead of ${digits(before.promise)}`)),
    strip(decision),
    make("div", { class: "facts" },
      fact("estimate", digits(decision.estimate)),
      before && fact("change", signed(decision.estimate - before.estimate)),
      ...Object.entries(decision.quantiles ?? {}).map(([level, value]) => fact(level, digits(value))),
      fact("version", digits(decision.version))),
    remark(decision) && make("p", { class: "hint" }, remark(decision)),
  ];

  // each step of a promise, with what it made of it
  const steps = (decision) => (decision.explanation?.policy ?? []).length === 0 ? [] : [
    make("h3", {}, "How the promise was made"),
    make("ol", { class: "trace" }, decision.explanation.policy.map((s, i, all) =>
      make("li", { class: i && all[i - 1].promise === s.promise ? null : "hit" }, s.step, make("small", {}, digits(s.promise))))),
  ];

  const head = (decision, before) => decision.estimate !== undefined ? estimate(decision, before) : [
    make("div", { class: "outcome" },
      make("b", { class: colour(decision.decision), "data-outcome": decision.decision }, decision.decision),
      before && make("span", { class: "was" },
        before.decision === decision.decision ? "as before" : `instead of ${before.decision}`)),
    make("div", { class: "facts" },
      fact("probability", percent(decision.score)),
      before && fact("change", `${signed(100 * (decision.score - before.score))} points`),
      fact("margin", digits(decision.margin)),
      fact("version", digits(decision.version))),
    remark(decision) && make("p", { class: "hint" }, remark(decision)),
  ];

  const trace = (decision) => {
    let decided = false;
    return make("ol", { class: "trace" }, (decision.explanation?.policy ?? []).map((rule) => {
      const style = rule.acted ? "hit" : decided ? "unasked" : null;
      decided = decided || rule.acted;
      const bound = rule.off ? "off: no margin reaches its goal"
        : rule.threshold === null || rule.threshold === undefined ? null
        : `margin ${digits(rule.margin)}, threshold ${digits(rule.threshold)}`;
      return make("li", { class: style }, rule.rule, bound && make("small", {}, bound));
    }));
  };

  // each contribution starts where the one before it ended: base, features, margin
  const waterfall = (decision) => {
    const why = decision.explanation;
    const sum = why?.margin ?? why?.estimate;
    if (!why || !why.contributions) { return make("p", { class: "empty" }, "The model gives no contributions."); }
    const sorted = [...why.contributions].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    const shown = sorted.slice(0, 12), rest = sorted.slice(12);
    const steps = shown.map((c) => ({ name: c.feature, value: c.text ?? c.value, by: c.contribution }));
    if (rest.length) { steps.push({ name: `${rest.length} others`, by: rest.reduce((sum, c) => sum + c.contribution, 0) }); }
    let at = why.base;
    for (const step of steps) { step.from = at; at += step.by; step.to = at; }
    const ends = [0, why.base, sum, ...steps.map((s) => s.to)];
    const low = Math.min(...ends), high = Math.max(...ends), span = high - low || 1;
    const x = (value) => 100 * (value - low) / span;
    const lane = (from, to, style) => {
      const inner = make("span", { class: style });
      inner.style.left = `${Math.min(x(from), x(to))}%`;
      inner.style.width = `${Math.abs(x(to) - x(from))}%`;
      const outer = make("div", {}, inner);
      outer.style.setProperty("--zero", `${x(0)}%`);
      return make("td", { class: "lane" }, outer);
    };
    const row = (style, name, value, bar, figure) => make("tr", { class: style },
      make("td", { class: "name", title: name }, name, value === undefined ? null : make("i", {}, ` ${digits(value)}`)),
      bar, make("td", { class: "n" }, figure));
    return make("table", { class: "fall", id: "contributions" }, make("tbody", {},
      row(null, "base", undefined, lane(0, why.base, "sum"), digits(why.base)),
      steps.map((s) => row("step-row", s.name, s.value, lane(s.from, s.to, s.by >= 0 ? "up" : "down"), signed(s.by))),
      row("total", why.margin === undefined ? "estimate" : "margin", undefined, lane(0, sum, "sum"), digits(sum))));
  };

  const panel = (decision, before) => [
    make("div", {}, head(decision, before), decision.estimate === undefined ? [make("h3", {}, "Policy"), trace(decision)] : steps(decision)),
    make("div", {}, make("h3", {}, "What moved the score"), waterfall(decision)),
  ];

  const whatIf = (decision, sent) => {
    const box = make("div", { class: "fields" });
    const result = make("div", { class: "answer", id: "what-if", hidden: "" });
    const note = make("span", { class: "hint", role: "status" });
    const ask = async () => {
      const now = valuesOf(box.querySelectorAll("input[name], select[name]"));
      const changes = Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== sent[name]));
      try {
        const answer = await send(`/v1/decisions/${encodeURIComponent(decision.id)}/what-if`, changes);
        result.replaceChildren(...panel(answer, decision));
        result.hidden = false;
        note.textContent = "";
      } catch (fault) { note.textContent = fault.message; note.className = "hint bad"; }
    };
    let timer = 0;
    const soon = () => { clearTimeout(timer); timer = setTimeout(ask, 120); };
    for (const field of design.fields.filter((f) => !f.same)) {
      const input = form.elements.namedItem(field.name).cloneNode(true);
      const shown = make("b", {});
      const label = make("label", {}, make("span", {}, field.name, shown), input);
      input.value = String(sent[field.name]);
      if (field.type === "number") {
        const reach = Math.max(Math.abs(sent[field.name]) * 10, 100);
        const slider = make("input", { type: "range", min: 0, max: reach, step: reach / 400, "aria-label": field.name });
        slider.value = input.value;
        slider.addEventListener("input", () => { input.value = slider.value; soon(); });
        input.addEventListener("input", () => {
          slider.max = Math.max(Number(slider.max), 1.5 * Math.abs(Number(input.value)));
          slider.value = input.value;
        });
        label.append(slider);
      }
      input.addEventListener("input", soon);
      box.append(label);
    }
    return [make("div", { class: "whatif" }, make("h3", {}, "What if"), box, note), result];
  };

  // a ranking's page: one shelf for each of its rows, the funnel it came through, and where an item was lost
  const card = (item) => make("li", { class: "item", "data-item": item.item },
    make("span", { class: "place" }, make("span", {}, `${item.position}`), make("span", { title: "what it was ordered by" }, digits(item.score))),
    make("b", {}, item.title ?? item.item),
    item.title && item.title !== item.item && make("small", {}, item.item),
    item.propensity < 1 && make("span", { class: "drawn" }, `here with probability ${digits(item.propensity)}`),
    make("span", { class: "chips" }, Object.entries(item.sources).map(([source, rank]) =>
      make("span", { title: `offered by ${source} at rank ${rank}` }, `${source} ${rank}`))));

  const shelves = (items) => {
    const rows = [];
    for (const item of items) {
      const title = item.row ?? "";
      if (!rows.length || rows[rows.length - 1].title !== title) { rows.push({ title, items: [] }); }
      rows[rows.length - 1].items.push(item);
    }
    return rows.map((row) => make("div", { class: rows.length === 1 ? "shelf only" : "shelf" },
      row.title && make("h3", {}, row.title),
      make("ol", row.title ? { tabindex: "0", "aria-label": row.title } : {}, row.items.map(card))));
  };

  const tableOf = (headings, rows) => make("div", { class: "scroll" }, make("table", {},
    make("thead", {}, make("tr", {}, headings.map((h, i) => make("th", { class: i && "n" }, h)))),
    make("tbody", {}, rows.map((cells) => make("tr", {}, cells.map((c, i) => make("td", { class: i && "n" }, c)))))));

  const funnelOf = (page) => [
    make("div", {}, make("h3", {}, "What each source offered"),
      tableOf(["source", "offered", "only here", "shown"],
        page.funnel.sources.map((s) => [s.source, digits(s.offered), digits(s.alone), digits(s.shown)])),
      make("p", { class: "hint" }, `${digits(page.funnel.candidates)} candidates, ${digits(page.funnel.shown)} shown`)),
    make("div", {}, make("h3", {}, "What each line of the policy removed"),
      tableOf(["line", "removed"], page.funnel.policy.map((l) => [
        make("code", {}, l.line), l.infeasible ? `${digits(l.removed)}, could not be kept` : l.removed ? digits(l.removed) : "–"]))),
  ];

  const whyNot = (page) => {
    const input = make("input", { type: "text", name: "item", placeholder: `key of a ${design.items ?? "thing"}`, "aria-label": "item" });
    const result = make("p", { class: "fate", id: "fate", role: "status" });
    const ask = make("form", { class: "whynot", id: "why-not", autocomplete: "off" }, input, make("button", { type: "submit" }, "Ask"));
    ask.addEventListener("submit", async (event) => {
      event.preventDefault();
      const item = input.value.trim();
      if (!item) { return; }
      try {
        const response = await fetch(`/v1/decisions/${encodeURIComponent(page.id)}/items/${encodeURIComponent(item)}`);
        const fate = await response.json();
        if (!response.ok) { throw new Error(fate.detail || fate.title); }
        const offers = Object.entries(fate.sources).map(([source, rank]) => `${source} at rank ${rank}`).join(", ");
        result.replaceChildren(make("b", {}, fate.stage), ` ${fate.title ? `${fate.title}: ` : ""}${fate.why}`, offers && make("small", {}, `offered by ${offers}`) || "");
      } catch (fault) { result.textContent = fault.message; }
    });
    return make("div", { class: "whatif" }, make("h3", {}, `Why not …?`), ask, result);
  };

  const pageOf = (page) => make("div", { class: "answer", id: "page" },
    make("div", { class: "shelf facts" }, fact("shown", `${page.items.length} of ${digits(page.funnel.candidates)} candidates`),
      fact("version", digits(page.version)), page.failed && fact("answered on failure", page.because)),
    page.items.length ? shelves(page.items) : make("p", { class: "empty" }, "Nothing is left to show: see which line removed the candidates."),
    funnelOf(page), whyNot(page));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const id = `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 7)}`;
    fields.disabled = true;
    state.className = "hint";
    state.textContent = "asking…";
    try {
      let subject = null;
      for (const above of design.subjects) {
        subject = { event: above.event, id, ...(subject && { about: id }), ...filled(above.fields, `${above.event}.`, subject) };
        await send("/v1/events", subject);
      }
      const sent = filled(design.fields, "", subject);
      const from = performance.now();
      const decision = await send("/v1/decide?explain=true", { id, ...(subject && { about: id }), ...sent });
      decision.id ??= id;
      state.textContent = `answered in ${digits(performance.now() - from)} ms, round trip`;
      if (decision.items) {
        byId("answer").replaceChildren(pageOf(decision));
        byId("answer").hidden = false;
        return;
      }
      const [ask, result] = whatIf(decision, sent);
      byId("answer").replaceChildren(make("div", { class: "answer" }, panel(decision, null), ask), result);
      byId("answer").hidden = false;
    } catch (fault) {
      state.textContent = fault.message;
      state.className = "hint bad";
    } finally { fields.disabled = false; }
  });
})();
