-- What phone systems asked while a call was made, and what they were told.
create table code_check (
    firm_id uuid not null,
    at timestamptz not null,
    id uuid not null,
    source_id uuid not null,
    -- The call's key, made of the phone system's own as records make it; null when the phone system did not tell it.
    call_id uuid,
    code text not null,
    number text not null,
    extension text not null,
    answer text not null constraint code_check_answer check (answer in ('OK', 'UNKNOWN', 'ASK_AGAIN', 'NOT_NEEDED')),
    constraint code_check_pk primary key (firm_id, at, id),
    constraint code_check_source foreign key (firm_id, source_id) references source
);
create index code_check_by_call on code_check (firm_id, call_id) where call_id is not null;
call protect_firm_table('code_check', 'select, insert');

-- What a phone system is told of a code that memory does not hold while the database does not answer.
create table live_setting (
    firm_id uuid constraint live_setting_pk primary key constraint live_setting_firm references firm,
    fail_open boolean not null
);
call protect_firm_table('live_setting', 'select, insert, update');
