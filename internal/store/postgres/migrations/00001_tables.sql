-- Tables of the store. What belongs to a customer carries customer_id first in its primary key; what is bulky is
-- partitioned by its hash, so that one customer's rows lie in one partition and Citus can distribute by it.
-- The store works as the role xindiao_app alone, which owns nothing: see 00002_isolation.sql.

-- +goose Up
create table xindiao.space (
  id   int generated always as identity primary key,
  name text not null,
  dim  int not null,
  unique (name, dim)
);

create table xindiao.customer ( -- the bank's directory: it lists all customers, so it holds nothing of theirs
  id      bigint generated always as identity primary key,
  key     text not null unique,
  name    text not null,
  created timestamptz not null default now()
);

create table xindiao.collection ( -- one row a customer, locked by its writers
  customer_id  bigint primary key,
  version      bigint not null default 0,
  next_chunk   bigint not null default 1,
  chunks       bigint not null default 0,
  counts       jsonb not null default '{}', -- vectors by space
  space_id     int,                         -- the active space
  readable     int[] not null default '{}', -- spaces that may be searched: the active one and those that are complete
  audit_number bigint not null default 0,
  audit_hash   text not null default ''
);

create table xindiao.dossier (
  customer_id bigint not null,
  id          bigint not null generated always as identity,
  name        text not null,
  applicant   text not null,
  kind        text not null,
  as_of       text not null,
  documents   int not null,
  intakes     int not null default 1,
  input_hash  text not null,
  created     timestamptz not null,
  updated     timestamptz not null,
  body        bytea not null, -- application and problems
  primary key (customer_id, id),
  unique (customer_id, name)
);

create sequence xindiao.document_id;
create table xindiao.document (
  customer_id bigint not null,
  id          bigint not null,
  dossier_id  bigint not null,
  ord         int not null,
  hash        text not null, -- store.DocumentHash
  file        text not null,
  title       text not null,
  type        text not null,
  party       text not null,
  current     bool not null,
  period      text not null,
  blob        text not null,
  pages       int not null,  -- -1: none at all, not even an empty list; the same of fields
  fields      int not null,
  first_chunk bigint not null,
  chunks      int not null,
  periods     text[],
  body        bytea not null,
  segment     bytea not null,
  primary key (customer_id, id)
) partition by hash (customer_id);
create index on xindiao.document (customer_id, dossier_id);

create table xindiao.page (
  customer_id bigint not null,
  document_id bigint not null,
  ord         int not null,
  number      int not null,
  name        text not null,
  text        text not null,
  layout      bytea not null,
  primary key (customer_id, document_id, ord)
) partition by hash (customer_id);

create table xindiao.field (
  customer_id bigint not null,
  document_id bigint not null,
  key         text not null,
  kind        text not null,
  value       text not null,
  body        bytea not null
) partition by hash (customer_id);
create index on xindiao.field (customer_id, document_id);

create table xindiao.chunk (
  customer_id bigint not null,
  id          bigint not null,
  document_id bigint not null,
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
  primary key (customer_id, id)
) partition by hash (customer_id);

create table xindiao.chunk_vec (
  customer_id bigint not null,
  id          bigint not null,
  space_id    int not null,
  v           halfvec not null,
  primary key (customer_id, space_id, id)
) partition by hash (customer_id);

create table xindiao.figure (
  customer_id bigint not null,
  dossier_id  bigint not null,
  ord         int not null,
  indicator   text not null,
  entity      text not null,
  period      text not null,
  value       text not null,
  body        bytea not null,
  primary key (customer_id, dossier_id, ord)
);

create table xindiao.finding (
  customer_id bigint not null,
  dossier_id  bigint not null,
  ord         int not null,
  key         text not null, -- store.FindingKey
  rule        text not null,
  severity    text not null,
  result      text not null,
  body        bytea not null,
  primary key (customer_id, dossier_id, ord)
);

create table xindiao.report (
  customer_id bigint not null,
  dossier_id  bigint not null,
  kind        text not null,
  number      int not null,
  parent      int not null,
  body        bytea not null,
  sha256      text not null,
  actor       text not null,
  note        text not null,
  at          timestamptz not null,
  primary key (customer_id, dossier_id, kind, number)
);

create table xindiao.waiver (
  customer_id    bigint not null,
  id             bigint not null generated always as identity,
  dossier_id     bigint not null,
  finding        text not null,
  rule           text not null,
  reason         text not null,
  actor          text not null,
  at             timestamptz not null,
  revoked_actor  text,
  revoked_reason text,
  revoked_at     timestamptz,
  primary key (customer_id, id)
);
create index on xindiao.waiver (customer_id, dossier_id);

create table xindiao.audit (
  customer_id bigint not null,
  number      bigint not null,
  at          timestamptz not null,
  actor       text not null,
  action      text not null,
  subject     text not null,
  detail      text not null,
  prev        text not null,
  hash        text not null,
  primary key (customer_id, number)
);

-- A halfvec of 1,024 numbers is 24 bytes over what Postgres keeps in the row unasked; PLAIN keeps it there, which
-- makes a search within a customer five times faster. Packed bytes need no second compression.
-- +goose StatementBegin
do $$
declare t text; p text;
begin
  foreach t in array array['document', 'page', 'field', 'chunk', 'chunk_vec'] loop
    for i in 0..31 loop
      p := format('xindiao.%I', t || '_' || lpad(i::text, 2, '0'));
      execute format('create table %s partition of xindiao.%I for values with (modulus 32, remainder %s)', p, t, i);
      if t = 'chunk_vec' then
        execute format('alter table %s alter v set storage plain, alter v set statistics 0', p);
      elsif t = 'document' then
        execute format('alter table %s alter segment set storage external, alter body set storage external', p);
      elsif t in ('page', 'chunk') then
        begin
          execute format('alter table %s alter text set compression lz4', p);
        exception when feature_not_supported then null; -- a server built without it compresses its own way
        end;
      end if;
    end loop;
  end loop;
end $$;
-- +goose StatementEnd
