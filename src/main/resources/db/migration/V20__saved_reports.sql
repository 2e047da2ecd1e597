-- Reports with their filters under a name, for everybody who works for the firm.
create table saved_report (
    firm_id uuid not null constraint saved_report_firm references firm,
    id uuid not null,
    name text not null constraint saved_report_name check (length(name) between 1 and 80),
    -- Of the reports page's address.
    query text not null,
    saved_at timestamptz not null,
    saved_by text not null,
    -- Null for the service itself.
    user_id uuid,
    constraint saved_report_pk primary key (firm_id, id)
);
create unique index saved_report_once on saved_report (firm_id, lower(name));
call protect_firm_table('saved_report', 'select, insert, delete');
