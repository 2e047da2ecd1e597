/** Files by SFTP: a write-only drop, an account per source (user name anything, password one of the source's keys). */
package org.rebill.intake.sftp;
