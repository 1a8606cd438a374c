#pragma once

#include "model/desk/CallDraft.h"
#include "model/domain/SetUp.h"
#include "ui/text/Times.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace ringbook::ui {

class Button;
class CalmComboBox;
class Paragraph;

/// What is promised in a call: one key turns the line of the note into a promise. A line that ends in a
/// moment ("call back by tomorrow 10") is one at once; of another line it is asked when. Nothing is kept or
/// saved here.
class PromiseEntry : public QWidget
{
    Q_OBJECT

public:
    explicit PromiseEntry(QWidget *parent = nullptr);

    void setColleagues(const QVector<model::User> &colleagues);
    using QWidget::show;
    /// `reading`: my clock; `zoneThere`: the customer's, IANA, may be empty.
    void show(const QVector<model::Promise> &promises, const Reading &reading, const QString &zoneThere);
    void setCustomerZone(const QString &zoneThere); ///< it became known whose call it is
    const QVector<model::Promise> &promises() const { return m_promises; }

    /// The line the cursor is in, perhaps empty.
    void promise(const QString &line, TimeMs now);

Q_SIGNALS:
    void edited();
    void left(); ///< the cursor is wanted elsewhere

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< Enter and Escape in the fields

private:
    void buildUi();
    void add(const model::Promise &promise);
    void takeFields();
    void closeFields();
    void sayWhen();
    void showList();
    QString words(const model::Promise &promise) const;
    QString nameOf(Id<model::User> user) const;

    QVector<model::Promise> m_promises;
    QVector<model::User> m_colleagues;
    Reading m_reading;
    QString m_zoneThere;
    QVBoxLayout *m_list = nullptr; ///< one row each
    QWidget *m_fields = nullptr;
    QLineEdit *m_what;
    QLineEdit *m_when;
    CalmComboBox *m_by;
    Paragraph *m_understood; ///< below them
    Button *m_add;
};

} // namespace ringbook::ui
