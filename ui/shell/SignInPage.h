#pragma once

#include "model/core/Result.h"

#include <QWidget>

#include <array>

class QLineEdit;
class QVBoxLayout;

namespace ringbook::ui {

class Button;
class Paragraph;

/// The first thing a newcomer sees: where the hub is, who they are. Errors stand under the field they are
/// about.
class SignInPage : public QWidget
{
    Q_OBJECT

public:
    struct Entry
    {
        QString hub = {};
        QString login = {};
        QString password = {};
        QString phone = {}; ///< the extension they sit at; empty: as before

        bool operator==(const Entry &) const = default;
    };

    explicit SignInPage(QWidget *parent = nullptr);

    void setEntry(const Entry &entry); ///< the cursor goes to the first empty field
    /// For somebody who works here already: at this hub, and there is a way back.
    void beginAgain(const Entry &entry);
    /// Why there is no way back to the desk yet, instead of the introduction; empty: there is one.
    void setLocked(const QString &sentence);
    void setBusy(bool busy);
    void showFault(Fault fault);                ///< the answer came: no longer busy
    void showDistrust(const QString &sentence); ///< of what answers as the hub
    void showProblem(const QString &sentence);  ///< of this desk, not of what was typed

Q_SIGNALS:
    void signInRequested(const ringbook::ui::SignInPage::Entry &entry);
    void left(); ///< without signing in; only after beginAgain()

private:
    struct Field
    {
        QLineEdit *edit = nullptr;
        Paragraph *fault = nullptr;
    };

    void buildUi();
    Field addField(QVBoxLayout &column, const QString &label);
    void submit();
    void clearFaults();
    void warnOfPlain();
    Field *firstEmpty();
    std::array<Field *, 4> fields() { return {&m_hub, &m_login, &m_password, &m_phone}; }
    void complain(Field &field, const QString &sentence);

    Field m_hub;
    Field m_login;
    Field m_password;
    Field m_phone; ///< may be empty
    Paragraph *m_intro = nullptr;
    Paragraph *m_plain = nullptr; ///< below the hub
    Paragraph *m_fault = nullptr;
    Button *m_submit = nullptr;
    Button *m_back = nullptr;
    bool m_isAgain = false;
};

/// True of "http://ringbook.example": what is sent there can be read on the way.
bool isReadable(const QString &hubAddress);

/// "ringbook.example:8750" -> "https://ringbook.example:8750"; plain http only for this very machine unless
/// it was written. Empty if it is no address of a hub.
QString hubAddress(const QString &typed);

} // namespace ringbook::ui

Q_DECLARE_METATYPE(ringbook::ui::SignInPage::Entry)
