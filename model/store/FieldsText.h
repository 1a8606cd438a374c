#pragma once

#include "model/domain/Record.h"

namespace ringbook::model {

// Fields as the JSON text in which files keep them. Whole numbers stay exact; what is no object reads as
// nothing.

QString textOf(const Fields &fields);
Fields fieldsFromText(const QString &text);

QString textOf(const QMap<QString, FieldEdit> &edits);
QMap<QString, FieldEdit> editsFromText(const QString &text);

} // namespace ringbook::model
