-- Statements: drafts follow their charges; issued ones are frozen, numbered without gaps, and kept as bytes.
create table statement_series (
    firm_id uuid not null constraint statement_series_firm references firm,
    series text not null,
    year int not null,
    last_number int not null,
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
    number text,
    issued_at timestamptz,
    issued_by text,
    due_on date,
    total numeric,
    -- What was printed, whole; the PDF can be made again from it.
    snapshot jsonb,
    pdf_sha256 bytea,
    viewed_at timestamptz,
    version int not null default 0,
    constraint statement_pk primary key (firm_id, id),
    constraint statement_client foreign key (firm_id, client_id) references client,
    constraint statement_number unique (firm_id, number),
    constraint statement_period check (period_to > period_from),
    constraint statement_frozen check (state = 'DRAFT' or (number is not null and issued_at is not null
        and issued_by is not null and due_on is not null and total is not null and snapshot is not null and pdf_sha256 is not null))
);
create unique index statement_one_draft on statement (firm_id, client_id, period_from, period_to, currency) where state = 'DRAFT';
create index statement_by_period on statement (firm_id, period_from desc, client_id);
call protect_firm_table('statement', 'select, insert, update, delete');

create table statement_line (
    firm_id uuid not null,
    statement_id uuid not null,
    call_id uuid not null,
    charge_no int not null,
    opened_at timestamptz not null,
    amount numeric not null,
    -- False once a credit note has taken the line back; a call is on one live statement only.
    live boolean not null default true,
    constraint statement_line_pk primary key (firm_id, statement_id, call_id, charge_no),
    constraint statement_line_statement foreign key (firm_id, statement_id) references statement
);
create unique index statement_line_once on statement_line (firm_id, call_id, charge_no) where live;
call protect_firm_table('statement_line', 'select, insert, update, delete');

create table statement_pdf (
    firm_id uuid not null,
    statement_id uuid not null,
    bytes bytea not null,
    constraint statement_pdf_pk primary key (firm_id, statement_id),
    constraint statement_pdf_statement foreign key (firm_id, statement_id) references statement
);
call protect_firm_table('statement_pdf', 'select, insert');
