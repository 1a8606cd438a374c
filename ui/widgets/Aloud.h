#pragma once

#include <QWidget>

namespace ringbook::ui {

/// From its constructor: assistants know this widget as a place of news.
void makeNews(QWidget &place);
/// A screen reader says this now, wherever the cursor is; afterwards it is the name of the place.
void sayAloud(QWidget &place, const QString &sentence);

} // namespace ringbook::ui
