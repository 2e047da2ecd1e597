/** Account codes: 1-9 digits as text, what each stands for and when. */
package org.rebill.code;
