-- Records in: the bytes as they came, what became of each record, the legs and the calls made of them.
create table intake_file (
    firm_id uuid not null,
    id uuid not null,
    source_id uuid not null,
    name text not null,
    size_bytes bigint not null,
    sha256 bytea not null,
    received_at timestamptz not null,
    received_by text not null,
    via text not null constraint intake_file_via check (via in ('UPLOAD', 'API', 'DEMO')),
    state text not null constraint intake_file_state check (state in ('STORED', 'READING', 'DONE', 'FAILED')),
    -- The progress mark: moved in the same transaction as the rows it stands for.
    read_bytes bigint not null default 0,
    read_lines bigint not null default 0,
    records bigint not null default 0,
    legs bigint not null default 0,
    duplicates bigint not null default 0,
    ignored bigint not null default 0,
    quarantined bigint not null default 0,
    -- Calls that this file brought first, and earlier ones that it added a leg to.
    calls bigint not null default 0,
    joined bigint not null default 0,
    -- Start of the earliest and the latest call in it.
    first_at timestamptz,
    last_at timestamptz,
    failure text,
    finished_at timestamptz,
    constraint intake_file_pk primary key (firm_id, id),
    constraint intake_file_source foreign key (firm_id, source_id) references source,
    constraint intake_file_once unique (firm_id, source_id, sha256),
    constraint intake_file_adds_up check (records = legs + duplicates + ignored + quarantined)
);
create index intake_file_by_source on intake_file (firm_id, source_id, id desc);
call protect_firm_table('intake_file', 'select, insert, update');

create table intake_chunk (
    firm_id uuid not null,
    file_id uuid not null,
    no int not null,
    bytes bytea not null,
    constraint intake_chunk_pk primary key (firm_id, file_id, no),
    constraint intake_chunk_file foreign key (firm_id, file_id) references intake_file
);
-- Slices are read from the middle of a chunk: keep it uncompressed.
alter table intake_chunk alter column bytes set storage external;
call protect_firm_table('intake_chunk', 'select, insert');

-- What became of the records that are not legs. Their bytes are in the chunks, at byte_offset.
create table intake_record (
    firm_id uuid not null,
    file_id uuid not null,
    record_no bigint not null,
    line_no bigint not null,
    byte_offset bigint not null,
    byte_length bigint not null,
    outcome text not null constraint intake_record_outcome check (outcome in ('DUPLICATE', 'IGNORED', 'QUARANTINED')),
    reason text not null,
    detail text not null,
    -- Of a duplicate: where the record stands that counts.
    first_file_id uuid,
    first_line_no bigint,
    constraint intake_record_pk primary key (firm_id, file_id, record_no),
    constraint intake_record_file foreign key (firm_id, file_id) references intake_file,
    constraint intake_record_first check ((outcome = 'DUPLICATE') = (first_file_id is not null and first_line_no is not null))
);
create index intake_record_by_outcome on intake_record (firm_id, file_id, outcome, record_no);
call protect_firm_table('intake_record', 'select, insert');

-- One PBX record. id = first 16 bytes of the SHA-256 over source and native identity: the primary key is the
-- duplicate key. started_at is part of that identity, so partitioning by it keeps the key unique.
create table leg (
    firm_id uuid not null,
    started_at timestamptz not null,
    id uuid not null,
    source_id uuid not null,
    file_id uuid not null,
    record_no bigint not null,
    line_no bigint not null,
    byte_offset bigint not null,
    byte_length int not null,
    content_hash uuid not null,
    call_id uuid not null,
    answered_at timestamptz,
    ended_at timestamptz not null,
    disposition text not null,
    caller text not null,
    called text not null,
    from_side text not null,
    to_side text not null,
    application text not null,
    application_data text not null,
    duration_seconds int not null,
    talk_seconds int not null,
    code text not null,
    sequence bigint not null,
    constraint leg_pk primary key (firm_id, started_at, id)
) partition by range (started_at);
create index leg_by_call on leg (firm_id, call_id);
call protect_firm_table('leg', 'select, insert');

create table call (
    firm_id uuid not null,
    -- Start of the leg that was seen first; never changes, so that late legs do not move the call.
    opened_at timestamptz not null,
    id uuid not null,
    source_id uuid not null,
    file_id uuid not null,
    started_at timestamptz not null,
    answered_at timestamptz,
    ended_at timestamptz not null,
    direction text not null constraint call_direction check (direction in ('IN', 'OUT', 'INTERNAL')),
    -- The other party, E.164 where it can be told, else the digits as dialled, empty when withheld.
    party text not null,
    person_id uuid,
    extension text not null,
    talk_seconds int not null,
    -- Each telephone's talk and whose it was: [{personId, extension, answeredAt, seconds}], in order of answer.
    talks jsonb not null,
    emergency boolean not null,
    leg_count int not null,
    -- As the phone system wrote it, and as it stands now (D8: manual before PBX).
    pbx_code text not null,
    code text not null,
    code_origin text not null constraint call_code_origin check (code_origin in ('NONE', 'PBX', 'WEB')),
    client_id uuid,
    matter_id uuid,
    state text not null constraint call_state check (state in ('NO_ANSWER', 'INTERNAL', 'NO_CODE', 'UNKNOWN_CODE',
        'MALFORMED_CODE', 'RETIRED_CODE', 'NOT_AGREED', 'HOUSE', 'RATED', 'ON_DRAFT', 'BILLED')),
    -- Codes of what the records could not tell, or of what came too late; separated by blanks.
    flags text not null,
    constraint call_pk primary key (firm_id, opened_at, id)
) partition by range (opened_at);
create index call_by_id on call (firm_id, id);
create index call_by_start on call (firm_id, started_at desc, id desc);
-- What waits for a person, counted on every page.
create index call_waiting on call (firm_id, state)
    where state in ('NO_CODE', 'UNKNOWN_CODE', 'MALFORMED_CODE', 'RETIRED_CODE', 'NOT_AGREED');
create index call_by_code on call (firm_id, code) where code <> '';
create index call_by_client on call (firm_id, client_id) where client_id is not null;
call protect_firm_table('call', 'select, insert, update');

-- Codes given after the call, each with its author. The phone system's own code stands on the call.
create table code_event (
    firm_id uuid not null,
    call_id uuid not null,
    at timestamptz not null,
    id uuid not null,
    code text not null,
    author text not null,
    constraint code_event_pk primary key (firm_id, call_id, at, id)
);
call protect_firm_table('code_event', 'select, insert');

-- What one person's talk in a call costs, or why it does not cost anything yet.
create table charge (
    firm_id uuid not null,
    opened_at timestamptz not null,
    call_id uuid not null,
    no int not null,
    person_id uuid,
    extension text not null,
    -- The call's: whole calls go to the period they started in.
    started_at timestamptz not null,
    answered_at timestamptz not null,
    outbound boolean not null,
    party text not null,
    talk_seconds int not null,
    code text not null,
    client_id uuid,
    matter_id uuid,
    agreement_version_id uuid,
    state text not null constraint charge_state check (state in ('HELD', 'UNBILLED', 'HOUSE', 'RATED')),
    reason text not null,
    billed_seconds int,
    quantity numeric,
    unit text,
    unit_rate numeric,
    currency char(3),
    amount numeric,
    rule_version int,
    explanation jsonb,
    -- The draft or issued statement it is on. Once issued, nothing here changes.
    statement_id uuid,
    issued boolean not null default false,
    -- Taken off a draft by hand: waits for a statement whose period begins on this day or later.
    deferred_to date,
    constraint charge_pk primary key (firm_id, opened_at, call_id, no),
    constraint charge_priced check (state <> 'RATED' or (agreement_version_id is not null and client_id is not null
        and billed_seconds is not null and quantity is not null and unit_rate is not null and currency is not null
        and amount is not null and rule_version is not null and explanation is not null)),
    constraint charge_on_statement check (statement_id is null or state = 'RATED'),
    constraint charge_issued check (not issued or statement_id is not null)
) partition by range (opened_at);
create index charge_by_call on charge (firm_id, call_id);
create index charge_to_bill on charge (firm_id, client_id, started_at) where state = 'RATED' and statement_id is null;
create index charge_by_statement on charge (firm_id, statement_id) where statement_id is not null;
call protect_firm_table('charge', 'select, insert, update, delete');

-- Makes the partitions of one month (UTC) where they are missing. Owned by the schema's owner, so that the
-- application can ask for a month without owning a table; nothing is granted on partitions. Made apart, then
-- attached: that locks out neither readers nor writers, whatever long transaction asked for the month.
create function app_ensure_month(month_start date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    first_day date := date_trunc('month', month_start)::date;
    parent text;
    part text;
begin
    if first_day < date '1990-01-01' or first_day > date '2100-01-01' then
        raise exception 'no partition for %', month_start using errcode = '22008';
    end if;
    -- Asked for in this order, so that the last one there means all are there.
    if to_regclass(format('charge_%s', to_char(first_day, 'YYYY_MM'))) is not null then
        return;
    end if;
    -- Two imports may ask at once: the second waits, then finds the month there.
    perform pg_advisory_xact_lock(hashtext('app_ensure_month'));
    foreach parent in array array['leg', 'call', 'charge'] loop
        part := format('%s_%s', parent, to_char(first_day, 'YYYY_MM'));
        if to_regclass(part) is null then
            execute format('create table %I (like %I including all)', part, parent);
            execute format('alter table %I enable row level security', part);
            execute format('alter table %I force row level security', part);
            execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part,
                first_day::timestamp at time zone 'UTC', (first_day + interval '1 month')::timestamp at time zone 'UTC');
        end if;
    end loop;
end $$;
revoke all on function app_ensure_month(date) from public;
grant execute on function app_ensure_month(date) to ${app_role};
