-- Large files on their way from a browser: bytes as far as they came, so that any node goes on after a cut.
create table upload (
    firm_id uuid not null,
    id uuid not null,
    source_id uuid not null,
    name text not null,
    size_bytes bigint not null constraint upload_size check (size_bytes > 0),
    received_bytes bigint not null default 0,
    made_at timestamptz not null,
    made_by text not null,
    touched_at timestamptz not null,
    -- What it became; null until all of it has come.
    file_id uuid,
    known boolean not null default false,
    constraint upload_pk primary key (firm_id, id),
    constraint upload_source foreign key (firm_id, source_id) references source,
    constraint upload_file foreign key (firm_id, file_id) references intake_file,
    constraint upload_received check (received_bytes between 0 and size_bytes)
);
create index upload_by_age on upload (firm_id, touched_at);
call protect_firm_table('upload', 'select, insert, update, delete');

create table upload_piece (
    firm_id uuid not null,
    upload_id uuid not null,
    byte_offset bigint not null,
    bytes bytea not null,
    constraint upload_piece_pk primary key (firm_id, upload_id, byte_offset),
    constraint upload_piece_upload foreign key (firm_id, upload_id) references upload
);
alter table upload_piece alter column bytes set storage external;
call protect_firm_table('upload_piece', 'select, insert, delete');
