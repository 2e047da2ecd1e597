-- Whole files read again after the source's settings changed. First what would change is shown, then it is done.
create table reread (
    firm_id uuid not null,
    id uuid not null,
    source_id uuid not null,
    -- One file; or all of the source with calls since a day.
    file_id uuid,
    from_day date,
    state text not null constraint reread_state check (state in ('PREVIEWING', 'PREVIEWED', 'APPLYING', 'APPLIED', 'FAILED', 'DROPPED')),
    -- The settings that the files were read by.
    source_version int not null,
    asked_at timestamptz not null,
    asked_by text not null,
    applied_at timestamptz,
    applied_by text,
    files bigint not null default 0,
    records bigint not null default 0,
    -- Records that are read otherwise than they were.
    changed_records bigint not null default 0,
    -- Calls that stay as they are, and those that do not.
    same bigint not null default 0,
    added bigint not null default 0,
    changed bigint not null default 0,
    gone bigint not null default 0,
    corrections bigint not null default 0,
    failure text,
    constraint reread_pk primary key (firm_id, id),
    constraint reread_source foreign key (firm_id, source_id) references source,
    constraint reread_file foreign key (firm_id, file_id) references intake_file,
    constraint reread_scope check ((file_id is null) <> (from_day is null))
);
create unique index reread_one_open on reread (firm_id, source_id) where state in ('PREVIEWING', 'PREVIEWED', 'APPLYING');
create index reread_by_source on reread (firm_id, source_id, id desc);
call protect_firm_table('reread', 'select, insert, update');

-- The calls that would change, or did. CORRECTION: the call is on an issued statement and stays as it is.
create table reread_call (
    firm_id uuid not null,
    reread_id uuid not null,
    no bigint not null,
    change text not null constraint reread_call_change check (change in ('ADDED', 'CHANGED', 'GONE', 'CORRECTION')),
    call_id uuid not null,
    before jsonb,
    after jsonb,
    constraint reread_call_pk primary key (firm_id, reread_id, no),
    constraint reread_call_reread foreign key (firm_id, reread_id) references reread
);
create index reread_call_by_change on reread_call (firm_id, reread_id, change, no);
call protect_firm_table('reread_call', 'select, insert, delete');

-- How a record was understood before a reading that replaced it: old versions are kept.
create table leg_version (
    firm_id uuid not null,
    file_id uuid not null,
    byte_offset bigint not null,
    reread_id uuid not null,
    leg jsonb not null,
    constraint leg_version_pk primary key (firm_id, file_id, byte_offset, reread_id),
    constraint leg_version_file foreign key (firm_id, file_id) references intake_file,
    constraint leg_version_reread foreign key (firm_id, reread_id) references reread
);
call protect_firm_table('leg_version', 'select, insert');

-- The same of records that were in quarantine, whatever became of them.
create table intake_record_version (
    firm_id uuid not null,
    file_id uuid not null,
    record_no bigint not null,
    reread_id uuid not null,
    record jsonb not null,
    constraint intake_record_version_pk primary key (firm_id, file_id, record_no, reread_id),
    constraint intake_record_version_file foreign key (firm_id, file_id) references intake_file,
    constraint intake_record_version_reread foreign key (firm_id, reread_id) references reread
);
call protect_firm_table('intake_record_version', 'select, insert');

-- Evidence is replaced by a re-reading only, and the version that was is kept: the application itself can't remove it.
create function app_replace_legs(reading uuid, of_file uuid, starts timestamptz[], ids uuid[]) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    replaced int;
begin
    insert into leg_version (firm_id, file_id, byte_offset, reread_id, leg)
        select l.firm_id, l.file_id, l.byte_offset, reading, to_jsonb(l) - 'firm_id' - 'file_id' - 'byte_offset'
        from unnest(starts, ids) as k (started_at, id)
        join leg l on l.started_at = k.started_at and l.id = k.id
        where l.file_id = of_file;
    delete from leg l using unnest(starts, ids) as k (started_at, id)
        where l.started_at = k.started_at and l.id = k.id and l.file_id = of_file;
    get diagnostics replaced = row_count;
    return replaced;
end $$;
revoke all on function app_replace_legs(uuid, uuid, timestamptz[], uuid[]) from public;
grant execute on function app_replace_legs(uuid, uuid, timestamptz[], uuid[]) to ${app_role};

create function app_replace_records(reading uuid, of_file uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into intake_record_version (firm_id, file_id, record_no, reread_id, record)
        select r.firm_id, r.file_id, r.record_no, reading, to_jsonb(r) - 'firm_id' - 'file_id' - 'record_no'
        from intake_record r where r.file_id = of_file and r.outcome = 'QUARANTINED';
    -- Duplicates and what was ignored: told anew from the same bytes.
    delete from intake_record where file_id = of_file;
end $$;
revoke all on function app_replace_records(uuid, uuid) from public;
grant execute on function app_replace_records(uuid, uuid) to ${app_role};

grant update (record_no, line_no) on leg to ${app_role};
grant delete on call to ${app_role};
