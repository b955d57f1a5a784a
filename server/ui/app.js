"use strict";
const $ = (id) => document.getElementById(id);
const api = "/api/v1";
const severity = { blocker: "阻断", major: "重大", minor: "一般", info: "提示" };
let job = "", stream = null, shown = "";

function say(text) { $("message").textContent = text; $("message").hidden = !text; }

function node(tag, text, cls) {
  const n = document.createElement(tag);
  if (text) n.textContent = text; // never as HTML: materials are not ours
  if (cls) n.className = cls;
  return n;
}

async function call(method, path, body) {
  const r = await fetch(api + path, { method, headers: body ? { "Content-Type": "application/json" } : {}, body: body ? JSON.stringify(body) : undefined });
  if (r.status === 401 && path !== "/session") { show(false); throw new Error("登录已过期，请重新登录"); }
  if (!r.ok) throw new Error((await r.json().catch(() => ({}))).detail || "请求失败（" + r.status + "）");
  return r.status === 204 ? null : r.json();
}

function guard(f) { return (...args) => { say(""); Promise.resolve(f(...args)).catch((e) => say(e.message)); }; }

function show(signedIn) {
  $("signin").hidden = signedIn; $("work").hidden = !signedIn; $("signout").hidden = !signedIn;
  if (!signedIn) $("token").focus();
}

async function refresh() {
  const { dossiers } = await call("GET", "/dossiers");
  $("none").hidden = dossiers.length > 0;
  $("list").replaceChildren(...dossiers.map((d) => {
    const tr = node("tr"), ops = node("td", "", "ops");
    const button = (text, f) => { const b = node("button", text); b.type = "button"; b.onclick = guard(f); ops.append(b); };
    button("审查", () => start(d, "review"));
    button("起草", () => start(d, "draft"));
    if (d.reviewed || d.drafted) button("查看", () => open(d));
    if (d.job) button("进度", () => watch(d, d.job));
    button("删除", async () => { if (confirm("删除“" + d.name + "”及其结果？")) { await call("DELETE", "/dossiers/" + d.id); $("result").hidden = true; await refresh(); } });
    tr.append(node("td", d.name), node("td", String(d.files)), node("td", new Date(d.created).toLocaleString("zh-CN")), ops);
    return tr;
  }));
}

async function start(d, kind) {
  const j = await call("POST", "/dossiers/" + d.id + "/" + kind, {});
  watch(d, j.id, kind);
}

function watch(d, id, kind) {
  if (stream) stream.close();
  job = id;
  $("running").hidden = false; $("result").hidden = true;
  $("jobtitle").textContent = (kind === "draft" ? "起草：" : kind === "review" ? "审查：" : "处理：") + d.name;
  $("bar").removeAttribute("value"); $("step").textContent = "排队中";
  stream = new EventSource(api + "/jobs/" + id + "/events");
  stream.addEventListener("progress", (e) => {
    const p = JSON.parse(e.data);
    if (p.total > 0) { $("bar").max = p.total; $("bar").value = p.done; } else $("bar").removeAttribute("value");
    $("step").textContent = p.text + (p.total > 0 ? "（" + p.done + "/" + p.total + "）" : "");
  });
  stream.addEventListener("end", guard(async (e) => {
    stream.close();
    const j = JSON.parse(e.data);
    $("running").hidden = true;
    await refresh();
    if (j.state === "done") await open(d); else say(j.error || "任务没有完成");
  }));
}

async function open(d) {
  d = await call("GET", "/dossiers/" + d.id);
  const base = api + "/dossiers/" + d.id;
  $("result").hidden = false; $("resulttitle").textContent = d.name;
  const links = [];
  const link = (text, href) => { const a = node("a", text); a.href = href; a.target = "_blank"; a.rel = "noopener"; links.push(a); };
  if (d.drafted) { link("下载报告（Word）", base + "/report?format=docx"); link("在线阅读报告", base + "/report?format=html"); link("报告 JSON", base + "/report"); }
  if (d.reviewed) { link("审查清单（Excel）", base + "/review?format=xlsx"); link("审查页面", base + "/review?format=html"); }
  $("links").replaceChildren(...links);
  if (shown !== d.id) { shown = d.id; $("q").value = ""; $("hits").replaceChildren(); }
  $("search").hidden = !d.reviewed && !d.drafted;
  const from = d.reviewed ? "/review" : d.drafted ? "/report" : "";
  const findings = from ? (await call("GET", "/dossiers/" + d.id + from)).findings || [] : [];
  const rank = Object.keys(severity);
  findings.sort((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity));
  $("findings").replaceChildren(node("p", "发现问题 " + findings.length + " 项"), ...findings.map((f) => {
    const box = node("div", "", "finding " + (severity[f.severity] ? f.severity : "info"));
    box.append(node("strong", "［" + (severity[f.severity] || "提示") + "］" + (f.title || f.rule)), node("p", f.message));
    if (f.arithmetic) box.append(node("p", "计算：" + f.arithmetic, "k"));
    if (f.remedy) box.append(node("p", "整改：" + f.remedy));
    for (const e of f.evidence || []) box.append(node("p", e.file + (e.cell ? " " + e.cell : e.page ? " 第" + e.page + "页" : "") + "：“" + e.quote + "”", "k"));
    return box;
  }));
}

// grid shows rows of a table as a table: figures stand under one another.
function grid(text) {
  const table = node("table", "", "quote");
  for (const line of text.split("\n")) {
    const tr = node("tr");
    for (const cell of line.split("\t")) tr.append(node("td", cell, /^-?[\d,.]+%?$/.test(cell) ? "n" : ""));
    table.append(tr);
  }
  return table;
}

async function search() {
  const found = await call("POST", "/dossiers/" + shown + "/search", { q: $("q").value, k: 8, corpora: $("law").checked ? ["law"] : [] });
  const notes = found.notes.map((t) => node("p", "注意：" + t, "k"));
  if (!found.hits.length) notes.push(node("p", "没有找到。换一种说法再试。"));
  $("hits").replaceChildren(...notes, ...found.hits.map((h) => {
    const box = node("div", "", "hit"), where = h.label ? h.title + " " + h.label : h.file + (h.cell ? " " + h.cell : h.page ? " 第" + h.page + "页" : "");
    box.append(node("strong", where), node("span", [h.label ? "" : h.title, h.clause && !h.label ? h.clause : "", h.period].filter(Boolean).join(" · "), "k"));
    if (h.context && !h.label) box.append(node("p", h.context.split("\n").join(" ／ "), "k"));
    box.append(h.quote.includes("\t") ? grid(h.quote) : node("p", h.quote, "quote"));
    return box;
  }));
}

function send(files) {
  if (!files.length) return;
  say("");
  const form = new FormData();
  for (const [file, name] of files) form.append("files", file, name);
  const x = new XMLHttpRequest(); // fetch cannot tell how much was sent
  x.open("POST", api + "/dossiers");
  $("sending").hidden = false;
  x.upload.onprogress = (e) => { if (e.lengthComputable) { $("sending").max = e.total; $("sending").value = e.loaded; } };
  x.onerror = () => { $("sending").hidden = true; say("上传中断，请重试"); };
  x.onload = guard(async () => {
    $("sending").hidden = true;
    let answer = {};
    try { answer = JSON.parse(x.responseText); } catch { /* said below */ }
    if (x.status !== 201) throw new Error(answer.detail || "上传失败（" + x.status + "）");
    await refresh();
    await start(answer, "review");
  });
  x.send(form);
}

// walk lists the files below a dropped entry; readEntries gives at most a hundred at a time.
async function walk(entry, path, out) {
  if (entry.isFile) {
    out.push([await new Promise((ok, no) => entry.file(ok, no)), path + entry.name]);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((ok, no) => reader.readEntries(ok, no));
    if (!some.length) return;
    for (const e of some) await walk(e, path + entry.name + "/", out);
  }
}

$("signin").onsubmit = (e) => {
  e.preventDefault();
  guard(async () => { await call("POST", "/session", { token: $("token").value }); $("token").value = ""; show(true); await refresh(); })();
};
$("signout").onclick = guard(async () => { await call("DELETE", "/session"); show(false); });
$("search").onsubmit = (e) => { e.preventDefault(); guard(search)(); };
$("cancel").onclick = guard(() => call("DELETE", "/jobs/" + job));
for (const id of ["folder", "archive"]) $(id).onchange = (e) => { send([...e.target.files].map((f) => [f, f.webkitRelativePath || f.name])); e.target.value = ""; };
$("drop").ondragover = (e) => { e.preventDefault(); $("drop").classList.add("over"); };
$("drop").ondragleave = () => $("drop").classList.remove("over");
$("drop").ondrop = (e) => {
  e.preventDefault();
  $("drop").classList.remove("over");
  const entries = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry()).filter(Boolean);
  guard(async () => { const out = []; for (const en of entries) await walk(en, "", out); send(out); })();
};
guard(async () => {
  const r = await fetch(api + "/session");
  show(r.ok);
  if (r.ok) await refresh();
})();
