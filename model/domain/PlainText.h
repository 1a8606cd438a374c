#pragma once

#include <QString>

namespace ringbook::model {

/// Text from the network made safe to show and store: no control or direction-changing characters, at most
/// `length` UTF-16 units, no half of a pair, no white space at the ends; line breaks and other controls
/// become spaces.
QString plainText(const QString &text, int length);

/// The same for text of several lines, of any length: lines and tabs are kept.
QString plainLines(const QString &text);

} // namespace ringbook::model
