-- Who may see and write what. The application role sees rows of the customer named by app.customer and of no other;
-- without the setting it sees none. FORCE puts the tables' owner under the same rule.
--
-- COPY does not work on a table with row-level security, and reading by way of 32 partitions costs more than a search
-- of a small customer. So the bulky tables are read and changed in the customer's own partition, which has the policy;
-- rows go in by COPY into the table above, which the application may insert into and nothing else, nor may its owner.
-- There a CHECK stands for the policy.

-- +goose Up
-- +goose StatementBegin
do $$
declare t text; p text;
  own constant text := $f$(customer_id = (select nullif(current_setting('app.customer', true), '')::bigint))$f$;
begin
  grant usage on schema xindiao to xindiao_app;
  grant select, insert on xindiao.space, xindiao.customer to xindiao_app;
  grant update (name) on xindiao.customer to xindiao_app;
  grant select, insert, update on xindiao.collection to xindiao_app;
  grant select, insert, update, delete on xindiao.dossier, xindiao.figure, xindiao.finding, xindiao.report, xindiao.waiver to xindiao_app;
  grant select, insert on xindiao.audit to xindiao_app;
  foreach t in array array['collection', 'dossier', 'figure', 'finding', 'report', 'waiver', 'audit'] loop
    execute format('alter table xindiao.%I enable row level security', t);
    execute format('alter table xindiao.%I force row level security', t);
    execute format('create policy own on xindiao.%I using %s with check %2$s', t, own);
  end loop;

  foreach t in array array['document', 'page', 'field', 'chunk', 'chunk_vec'] loop
    execute format('grant insert on xindiao.%I to xindiao_app', t);
    execute format('revoke select, update, delete, truncate on xindiao.%I from current_user', t);
    for i in 0..31 loop
      p := format('xindiao.%I', t || '_' || lpad(i::text, 2, '0'));
      execute format('grant select, update, delete on %s to xindiao_app', p);
      execute format('alter table %s enable row level security', p);
      execute format('alter table %s force row level security', p);
      execute format('create policy own on %s using %s with check %2$s', p, own);
      execute format($f$alter table %s add constraint own check (current_user <> 'xindiao_app'
        or coalesce(customer_id = nullif(current_setting('app.customer', true), '')::bigint, false))$f$, p);
    end loop;
  end loop;
  grant usage on all sequences in schema xindiao to xindiao_app;
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
