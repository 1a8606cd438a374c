#pragma once

namespace ringbook {

/// From here on what this process makes on disk is for its user alone: books and outboxes, tokens, password
/// hashes. Where files have no such modes they inherit what their folder allows. What is there already stays.
void keepNewFilesToOurselves();

} // namespace ringbook
