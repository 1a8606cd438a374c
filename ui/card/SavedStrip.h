#pragma once

#include "model/core/Clock.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"

class QLabel;

namespace ringbook::ui {

/// What was saved last: when, for whom, and the new case's code, big enough to be read out, spelled on
/// request. Its place is kept while there is nothing to say.
class SavedStrip : public QWidget
{
    Q_OBJECT

public:
    explicit SavedStrip(QWidget *parent = nullptr);

    /// `code` as stored; empty: no case was opened.
    void show(const QString &clockTime, const QString &who, const QString &code);
    void showRemoved(); ///< instead: whom it was saved for was erased, and it with them
    void clear();
    QString code() const { return m_code; }
    QWidget *stop() const { return m_spell; } ///< of the cursor

private:
    void spell();

    QString m_code;
    ElidedLabel *m_when;
    QLabel *m_bigCode;    ///< can be marked and copied
    ElidedLabel *m_below; ///< for whom, or the code spelled
    Button *m_spell;
};

} // namespace ringbook::ui
