#ifndef QUARTET_POWER_LOSS_DISK_H
#define QUARTET_POWER_LOSS_DISK_H

/// Makes the end of this process a loss of power for the SQLite databases that it opens from now on.
///
/// What SQLite writes stays in this process until SQLite asks for the disk (`xSync`), but for some writes that reach it
/// early and out of their order, as a system writes back when it pleases. Other processes see the disk. Call it once,
/// before a database is opened.
///
/// - seed: decides which writes are early, one in eight.
///
/// Returns SQLite's result code, 0 for success.
int power_loss_disk_install(unsigned seed);

#endif
