#pragma once

#include <QObject>

namespace ringbook::ui {

/// Alt with a letter or digit that means nothing at the moment types nothing either. For the application, so
/// that it holds in every field.
class StrayChords : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace ringbook::ui
