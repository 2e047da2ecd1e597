-- The service itself listens for records of a source, on a port of its own.
create table source_listener (
    firm_id uuid not null,
    source_id uuid not null,
    port int not null constraint source_listener_port check (port between 1 and 65535),
    -- Another one with each change: what listens begins anew then.
    set_id uuid not null,
    -- Addresses that may connect, separated by blanks; empty: any.
    allowed text not null,
    made_at timestamptz not null,
    made_by text not null,
    constraint source_listener_pk primary key (firm_id, source_id),
    constraint source_listener_source foreign key (firm_id, source_id) references source
);
call protect_firm_table('source_listener', 'select, insert, update, delete');

-- Bytes that came and are not in a file yet. A stream is one connection.
create table smdr_piece (
    firm_id uuid not null,
    source_id uuid not null,
    stream uuid not null,
    no bigint not null,
    bytes bytea not null,
    at timestamptz not null,
    constraint smdr_piece_pk primary key (firm_id, source_id, stream, no),
    constraint smdr_piece_source foreign key (firm_id, source_id) references source
);
call protect_firm_table('smdr_piece', 'select, insert, delete');

alter table intake_file drop constraint intake_file_via;
alter table intake_file add constraint intake_file_via check (via in ('UPLOAD', 'API', 'DEMO', 'PUSH', 'SFTP', 'SMDR'));
