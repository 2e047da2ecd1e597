-- Codes may belong to a group, such as a department or a phone system's list.
alter table account_code add column group_name text;

-- Lists that were taken for phone systems: what was taken is compared with what would be taken now.
create table code_export (
    firm_id uuid not null constraint code_export_firm references firm,
    id uuid not null,
    format text not null,
    -- Empty for all codes.
    group_name text not null,
    taken_at timestamptz not null,
    taken_by text not null,
    codes int not null,
    sha256 bytea not null constraint code_export_sha256 check (length(sha256) = 32),
    constraint code_export_pk primary key (firm_id, id)
);
create index code_export_newest on code_export (firm_id, format, group_name, taken_at desc);
call protect_firm_table('code_export', 'select, insert');
