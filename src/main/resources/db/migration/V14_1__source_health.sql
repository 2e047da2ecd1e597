-- How many records of a source began in each hour: what its health is told by.
create table source_hour (
    firm_id uuid not null,
    source_id uuid not null,
    hour timestamptz not null,
    records bigint not null,
    constraint source_hour_pk primary key (firm_id, source_id, hour),
    constraint source_hour_source foreign key (firm_id, source_id) references source
);
call protect_firm_table('source_hour', 'select, insert, update, delete');

-- How a source is doing, as it was last noted, and after how long a silence somebody is to be told.
create table source_watch (
    firm_id uuid not null,
    source_id uuid not null,
    -- Hours without a record in which there usually are some; 0: never tell; null: as the way of its records suggests.
    silence_hours int constraint source_watch_hours check (silence_hours between 0 and 500),
    state text not null constraint source_watch_state check (state in ('OK', 'QUIET', 'SILENT', 'NEVER')),
    since timestamptz not null,
    -- Start of the latest record.
    last_at timestamptz,
    constraint source_watch_pk primary key (firm_id, source_id),
    constraint source_watch_source foreign key (firm_id, source_id) references source
);
call protect_firm_table('source_watch', 'select, insert, update');

-- What came before this version.
do $$
declare
    firm uuid;
begin
    for firm in select d.firm_id from firm_directory d loop
        perform set_config('app.tenant', firm::text, true);
        insert into source_hour (firm_id, source_id, hour, records)
            select l.firm_id, l.source_id, date_trunc('hour', l.started_at, 'UTC'), count(*) from leg l
            where l.firm_id = firm group by 1, 2, 3;
        insert into source_watch (firm_id, source_id, state, since, last_at)
            select l.firm_id, l.source_id, 'OK', now(), max(l.started_at) from leg l where l.firm_id = firm group by 1, 2;
    end loop;
    perform set_config('app.tenant', '', true);
end $$;
