-- Tenancy. Each firm's row carries firm_id, first in every key; row level security is forced on every table, and
-- the application's role owns nothing. The same statements run on one PostgreSQL and on Citus, distributed by
-- firm_id (no triggers, no sequences, no globally unique column in a firm's table).
create extension if not exists btree_gist;

-- Sets the firm of the running transaction. SET LOCAL, not set_config: only SET LOCAL reaches Citus' workers.
create function app_set_tenant(firm uuid) returns void language plpgsql as $$
begin
    execute format('set local app.tenant = %L', coalesce(firm::text, ''));
end $$;
revoke all on function app_set_tenant(uuid) from public;
grant execute on function app_set_tenant(uuid) to ${app_role};

-- Puts one table under a firm's policy and grants the application what it may do there. An unset tenant gives no
-- rows instead of an error, and the array form keeps the index.
create procedure protect_firm_table(firm_table regclass, privileges text) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', firm_table);
    execute format('alter table %s force row level security', firm_table);
    execute format('create policy firm_only on %s using (firm_id = any (array[nullif(current_setting(''app.tenant'', true), '''')::uuid])) '
        'with check (firm_id = any (array[nullif(current_setting(''app.tenant'', true), '''')::uuid]))', firm_table);
    execute format('grant %s on %s to ${app_role}', privileges, firm_table);
end $$;
revoke all on procedure protect_firm_table(regclass, text) from public;

-- Reference table: which firm an address (slug) and a Keycloak organization belong to. Read before a tenant is known.
create table firm_directory (
    slug text constraint firm_directory_pk primary key constraint firm_directory_slug check (slug ~ '^[a-z0-9][a-z0-9-]{1,40}$'),
    firm_id uuid not null constraint firm_directory_firm unique
);
comment on table firm_directory is 'reference';
grant select, insert on firm_directory to ${app_role};

-- Local table of the job library (db-scheduler 16). Holds ids only, no firm's data.
create table scheduled_tasks (
    task_name text not null,
    task_instance text not null,
    task_data bytea,
    execution_time timestamptz not null,
    picked boolean not null,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures int,
    last_heartbeat timestamptz,
    version bigint not null,
    priority smallint,
    constraint scheduled_tasks_pk primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
comment on table scheduled_tasks is 'reference';
grant select, insert, update, delete on scheduled_tasks to ${app_role};
