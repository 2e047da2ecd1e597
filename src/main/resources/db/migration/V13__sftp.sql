-- Files that came by SFTP.
alter table intake_file drop constraint intake_file_via;
alter table intake_file add constraint intake_file_via check (via in ('UPLOAD', 'API', 'DEMO', 'PUSH', 'SFTP'));
