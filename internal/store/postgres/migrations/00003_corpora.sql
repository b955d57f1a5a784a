-- Shared corpora: the same for all customers, so without row-level security. Vectors of one corpus and space have a
-- partition of their own, made and indexed by functions that run as the tables' owner.

-- +goose Up
create sequence xindiao.corpus_version; -- over all corpora: one that is dropped and made again does not repeat a version

create table xindiao.corpus (
  id         int generated always as identity primary key,
  name       text not null unique,
  title      text not null,
  kind       text not null,
  owner      text not null,
  date       text not null,
  sha256     text not null,
  items      int not null,
  chunks     bigint not null,
  counts     jsonb not null default '{}',
  industries jsonb not null default '{}', -- chunks by industry code: what routing counts with
  updated    timestamptz not null,
  version    bigint not null,
  next_item  bigint not null default 1,
  next_chunk bigint not null default 1,
  space_id   int,
  readable   int[] not null default '{}'
);

create table xindiao.corpus_item (
  corpus_id   int not null references xindiao.corpus on delete cascade,
  id          bigint not null,
  ord         int not null,
  key         text not null,
  file        text not null,
  title       text not null,
  label       text not null,
  type        text not null,
  industry    text not null,
  from_day    date,
  to_day      date,
  sha256      text not null,
  first_chunk bigint not null,
  chunks      int not null,
  periods     text[],
  segment     bytea not null,
  primary key (corpus_id, id)
);

create table xindiao.corpus_chunk (
  corpus_id   int not null references xindiao.corpus on delete cascade,
  id          bigint not null,
  document_id bigint not null, -- the item
  page        int not null,
  line        int not null,
  start_at    bigint not null,
  end_at      bigint not null,
  file_start  bigint not null,
  file_end    bigint not null,
  kind        text not null,
  cell        text not null,
  clause      text not null,
  period      text not null,
  hash        bytea not null,
  text        text not null,
  context     text not null,
  primary key (corpus_id, id)
);

create table xindiao.corpus_vec (
  corpus_id int not null,
  id        bigint not null,
  space_id  int not null,
  from_day  date,
  to_day    date,
  industry  text not null,
  v         halfvec not null
) partition by list (corpus_id);

create table xindiao.corpus_graph ( -- which HNSW indexes stand: '' is over all rows, else over one industry's
  corpus_id int not null references xindiao.corpus on delete cascade,
  space_id  int not null,
  industry  text not null,
  primary key (corpus_id, space_id, industry)
);

create table xindiao.corpora_head ( -- the end of the chain of what happened to the corpora; one row
  audit_number bigint not null,
  audit_hash   text not null
);
insert into xindiao.corpora_head values (0, '');

create table xindiao.corpora_audit (
  number  bigint primary key,
  at      timestamptz not null,
  actor   text not null,
  action  text not null,
  subject text not null,
  detail  text not null,
  prev    text not null,
  hash    text not null
);
create trigger append_only before update or delete or truncate on xindiao.corpora_audit
  for each statement execute function xindiao.append_only();
grant select, insert on xindiao.corpora_audit to xindiao_app;
grant select, update on xindiao.corpora_head to xindiao_app;

alter table xindiao.corpus_item alter segment set storage external;
grant select, insert, update, delete on xindiao.corpus, xindiao.corpus_item, xindiao.corpus_chunk, xindiao.corpus_vec to xindiao_app;
grant select on xindiao.corpus_graph to xindiao_app;
grant usage on all sequences in schema xindiao to xindiao_app;

-- corpus_room makes the partition for the vectors of a corpus and space. Attaching, unlike creating in place, does
-- not wait for searches.
-- +goose StatementBegin
create function xindiao.corpus_room(c int, s int) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare mid text := format('corpus_vec_%s', c); leaf text := format('corpus_vec_%s_%s', c, s);
begin
  if to_regclass('xindiao.' || leaf) is not null then -- so that vectors of an old space do not wait for a graph
    return;
  end if;
  perform pg_advisory_xact_lock(727101, c);
  if to_regclass('xindiao.' || mid) is null then
    execute format('create table xindiao.%I (like xindiao.corpus_vec) partition by list (space_id)', mid);
    execute format('alter table xindiao.corpus_vec attach partition xindiao.%I for values in (%s)', mid, c);
  end if;
  if to_regclass('xindiao.' || leaf) is null then
    execute format('create table xindiao.%I (like xindiao.corpus_vec, primary key (id))', leaf);
    execute format('alter table xindiao.%I alter v set storage plain, alter v set statistics 0', leaf);
    execute format('create index on xindiao.%I (industry)', leaf);
    execute format('alter table xindiao.%I attach partition xindiao.%I for values in (%s)', mid, leaf, s);
    execute format('grant select on xindiao.%I to xindiao_app', leaf);
  end if;
end $$;
-- +goose StatementEnd

-- corpus_unroom drops the vectors of a corpus in one space, or of all its spaces.
-- +goose StatementBegin
create function xindiao.corpus_unroom(c int, s int) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(727101, c);
  if s is null then
    execute format('drop table if exists xindiao.%I', format('corpus_vec_%s', c));
  else
    execute format('drop table if exists xindiao.%I', format('corpus_vec_%s_%s', c, s));
  end if;
  delete from xindiao.corpus_graph where corpus_id = c and (s is null or space_id = s);
end $$;
-- +goose StatementEnd

-- corpus_graph_build builds an HNSW index over all rows of a corpus and space ('*'), or over those of one industry.
-- +goose StatementBegin
create function xindiao.corpus_graph_build(c int, s int, dim int, ind text) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare ext text;
begin
  perform pg_advisory_xact_lock(727101, c);
  if ind !~ '^([*]|[A-Z0-9]{0,8})$' then
    raise exception 'no industry' using errcode = 'invalid_parameter_value';
  end if;
  if exists (select from xindiao.corpus_graph where corpus_id = c and space_id = s and industry = ind) then
    return;
  end if;
  select quote_ident(n.nspname) into ext from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector';
  execute format('create index %I on xindiao.%I using hnsw ((v::%s.halfvec(%s)) %s.halfvec_cosine_ops) with (m = 16, ef_construction = 100)%s',
    format('corpus_graph_%s_%s_%s', c, s, ind), format('corpus_vec_%s_%s', c, s), ext, dim, ext,
    case ind when '*' then '' else format(' where industry = %L', ind) end);
  insert into xindiao.corpus_graph values (c, s, ind);
end $$;
-- +goose StatementEnd

-- corpus_graph_drop drops all of them: rows go in a hundred times faster without.
-- +goose StatementBegin
create function xindiao.corpus_graph_drop(c int, s int) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare ind text;
begin
  perform pg_advisory_xact_lock(727101, c);
  for ind in delete from xindiao.corpus_graph where corpus_id = c and space_id = s returning industry loop
    execute format('drop index if exists xindiao.%I', format('corpus_graph_%s_%s_%s', c, s, ind));
  end loop;
end $$;
-- +goose StatementEnd

-- corpus_counted tells the planner how many rows came in.
-- +goose StatementBegin
create function xindiao.corpus_counted(c int, s int) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
  execute format('analyze xindiao.%I', format('corpus_vec_%s_%s', c, s));
end $$;
-- +goose StatementEnd

revoke execute on function xindiao.corpus_room, xindiao.corpus_unroom, xindiao.corpus_graph_build, xindiao.corpus_graph_drop, xindiao.corpus_counted from public;
grant execute on function xindiao.corpus_room, xindiao.corpus_unroom, xindiao.corpus_graph_build, xindiao.corpus_graph_drop, xindiao.corpus_counted to xindiao_app;
