-- Statements: drafts follow their charges; issued ones are frozen, numbered without gaps, and kept as bytes.
-- Locked until the statement that took a number is committed: a number that was not used is given again.
create table statement_series (
    firm_id uuid not null constraint statement_series_firm references firm,
    series text not null,
    year int not null,
    last_number int not null,
    -- Day of the last number; later numbers bear no earlier day.
    last_day date not null,
    constraint statement_series_pk primary key (firm_id, series, year)
);
call protect_firm_table('statement_series', 'select, insert, update');

create table statement (
    firm_id uuid not null,
    id uuid not null,
    client_id uuid not null,
    period_from date not null,
    -- First day after the period (half-open, in the firm's zone).
    period_to date not null,
    currency char(3) not null,
    state text not null constraint statement_state check (state in ('DRAFT', 'ISSUED')),
    drafted_at timestamptz not null,
    number text,
    issued_at timestamptz,
    issued_by text,
    issued_on date,
    due_on date,
    calls int,
    talk_seconds bigint,
    -- Billed time as printed.
    hours numeric,
    total numeric,
    document_sha256 bytea,
    pdf_sha256 bytea,
    version int not null default 0,
    constraint statement_pk primary key (firm_id, id),
    constraint statement_client foreign key (firm_id, client_id) references client,
    constraint statement_number unique (firm_id, number),
    constraint statement_period check (period_to > period_from),
    constraint statement_frozen check (case when state = 'DRAFT'
        then number is null
        else number is not null and issued_at is not null and issued_by is not null and issued_on is not null
            and due_on is not null and calls > 0 and talk_seconds is not null and hours is not null and total is not null
            and document_sha256 is not null and pdf_sha256 is not null end)
);
create unique index statement_one_draft on statement (firm_id, client_id, period_from, period_to, currency) where state = 'DRAFT';
create index statement_by_period on statement (firm_id, period_from desc, client_id);
create index statement_by_client on statement (firm_id, client_id, period_to desc);
call protect_firm_table('statement', 'select, insert, update, delete');
-- Only drafts are changed or removed, whatever the application tries.
create policy issued_never_changes on statement as restrictive for update using (state = 'DRAFT') with check (true);
create policy issued_never_goes on statement as restrictive for delete using (state = 'DRAFT');

create table statement_line (
    firm_id uuid not null,
    statement_id uuid not null,
    call_id uuid not null,
    charge_no int not null,
    -- Place on the statement, from 1.
    position int not null,
    amount numeric not null,
    -- False once a credit note has taken the line back.
    live boolean not null default true,
    constraint statement_line_pk primary key (firm_id, statement_id, call_id, charge_no),
    constraint statement_line_position unique (firm_id, statement_id, position),
    constraint statement_line_statement foreign key (firm_id, statement_id) references statement,
    -- A call is on one live statement only.
    constraint statement_line_once exclude using gist (firm_id with =, call_id with =, statement_id with <>) where (live)
);
call protect_firm_table('statement_line', 'select, insert');

-- What was printed, whole, and the paper itself: never changed.
create table statement_paper (
    firm_id uuid not null,
    statement_id uuid not null,
    -- JSON, exactly as hashed.
    document text not null,
    pdf bytea not null,
    constraint statement_paper_pk primary key (firm_id, statement_id),
    constraint statement_paper_statement foreign key (firm_id, statement_id) references statement
);
call protect_firm_table('statement_paper', 'select, insert');

-- The first time that somebody at the client opened it.
create table statement_view (
    firm_id uuid not null,
    statement_id uuid not null,
    at timestamptz not null,
    viewer text not null,
    constraint statement_view_pk primary key (firm_id, statement_id),
    constraint statement_view_statement foreign key (firm_id, statement_id) references statement
);
call protect_firm_table('statement_view', 'select, insert');

-- Many statements to be issued in the background, one after the other, for somebody who asked for it.
create table statement_batch (
    firm_id uuid not null constraint statement_batch_firm references firm,
    id uuid not null,
    asked_at timestamptz not null,
    asked_by text not null,
    -- Who asked, to be checked again when the work is done; null for the service itself.
    user_id uuid,
    address text not null,
    constraint statement_batch_pk primary key (firm_id, id)
);
create index statement_batch_recent on statement_batch (firm_id, asked_at desc);
call protect_firm_table('statement_batch', 'select, insert');

create table statement_batch_item (
    firm_id uuid not null,
    batch_id uuid not null,
    no int not null,
    statement_id uuid not null,
    outcome text not null constraint statement_batch_item_outcome check (outcome in ('WAITING', 'ISSUED', 'REFUSED')),
    problem text,
    constraint statement_batch_item_pk primary key (firm_id, batch_id, no),
    constraint statement_batch_item_batch foreign key (firm_id, batch_id) references statement_batch,
    constraint statement_batch_item_once unique (firm_id, batch_id, statement_id)
);
call protect_firm_table('statement_batch_item', 'select, insert, update');
