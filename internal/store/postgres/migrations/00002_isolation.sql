-- Who may see and write what. The application role sees rows of the customer named by app.customer and of no other;
-- without the setting it sees none. FORCE puts the tables' owner under the same rule.
--
-- COPY does not work on a table with row-level security. Bulk rows are therefore copied straight into the partition
-- of the customer, which the application may insert into but not read, and where a CHECK stands for the policy.

-- +goose Up
-- +goose StatementBegin
do $$
declare t text; p text;
begin
  grant usage on schema xindiao to xindiao_app;
  grant select, insert on xindiao.space, xindiao.customer to xindiao_app;
  grant update (name) on xindiao.customer to xindiao_app;
  grant usage on all sequences in schema xindiao to xindiao_app;
  grant select, insert, update on xindiao.collection to xindiao_app;
  grant select, insert, update, delete on xindiao.dossier, xindiao.document, xindiao.page, xindiao.field, xindiao.chunk,
    xindiao.chunk_vec, xindiao.figure, xindiao.finding, xindiao.report, xindiao.waiver to xindiao_app;
  grant select, insert on xindiao.audit to xindiao_app;

  foreach t in array array['collection', 'dossier', 'document', 'page', 'field', 'chunk', 'chunk_vec', 'figure', 'finding',
    'report', 'waiver', 'audit'] loop
    execute format('alter table xindiao.%I enable row level security', t);
    execute format('alter table xindiao.%I force row level security', t);
    execute format($f$create policy own on xindiao.%I
      using (customer_id = (select nullif(current_setting('app.customer', true), '')::bigint))
      with check (customer_id = (select nullif(current_setting('app.customer', true), '')::bigint))$f$, t);
  end loop;

  foreach t in array array['document', 'page', 'field', 'chunk', 'chunk_vec'] loop
    for i in 0..31 loop
      p := format('xindiao.%I', t || '_' || lpad(i::text, 2, '0'));
      execute format('grant insert on %s to xindiao_app', p);
      execute format($f$alter table %s add constraint own check (current_user <> 'xindiao_app'
        or coalesce(customer_id = nullif(current_setting('app.customer', true), '')::bigint, false))$f$, p);
    end loop;
  end loop;
end $$;
-- +goose StatementEnd

-- The audit chain only grows, whoever asks.
-- +goose StatementBegin
create function xindiao.append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit chain only grows' using errcode = 'insufficient_privilege';
end $$;
-- +goose StatementEnd
create trigger append_only before update or delete or truncate on xindiao.audit
  for each statement execute function xindiao.append_only();
