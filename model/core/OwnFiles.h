#pragma once

class QSaveFile;

namespace ringbook {

/// From here on what this process makes on disk is for its user alone: books and outboxes, tokens, password
/// hashes. Where files have no such modes they inherit what their folder allows. What is there already stays.
void keepNewFilesToOurselves();

/// Commits what was written; false: there was no room for it, and the file is as it was. QSaveFile by itself
/// does not notice when its last bytes do not fit (Qt 6.4).
bool commitWhole(QSaveFile &file);

} // namespace ringbook
