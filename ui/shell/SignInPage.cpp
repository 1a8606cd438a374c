#include "ui/shell/SignInPage.h"

#include "ui/text/Wording.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Ground.h"
#include "ui/widgets/Paragraph.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace ringbook::ui {

namespace {

constexpr int columnWidth = 380;
constexpr int longestEntry = 400;
constexpr int longestExtension = 10;

bool isExtension(const QString &text)
{
    return std::ranges::all_of(text, [](QChar one) { return one >= u'0' && one <= u'9'; });
}

bool isThisMachine(const QString &host)
{
    return host == QLatin1String("localhost") || host == QLatin1String("127.0.0.1") ||
           host == QLatin1String("::1");
}

} // namespace

QString hubAddress(const QString &typed)
{
    const QString text = typed.trimmed();
    const bool hasScheme = text.contains(QLatin1String("://"));
    QUrl url(hasScheme ? text : QStringLiteral("https://") + text, QUrl::StrictMode);
    if (text.isEmpty() || !url.isValid() || url.host().isEmpty())
        return {};
    if (!hasScheme && isThisMachine(url.host()))
        url.setScheme(QStringLiteral("http"));
    const bool isKnown = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    const bool isBare = url.path().isEmpty() || url.path() == QLatin1String("/");
    if (!isKnown || !isBare || url.hasQuery() || url.hasFragment() || !url.userInfo().isEmpty())
        return {};
    return url.toString(QUrl::StripTrailingSlash | QUrl::RemovePath);
}

bool isReadable(const QString &hubAddress)
{
    const QUrl url(hubAddress);
    return url.scheme() == QLatin1String("http") && !isThisMachine(url.host());
}

SignInPage::SignInPage(QWidget *parent) : QWidget(parent)
{
    buildUi();
    connect(m_submit, &Button::clicked, this, &SignInPage::submit);
    connect(m_back, &Button::clicked, this, &SignInPage::left);
    connect(m_hub.edit, &QLineEdit::textChanged, this, &SignInPage::warnOfPlain);
    for (const Field *field : fields()) {
        connect(field->edit, &QLineEdit::returnPressed, this, &SignInPage::submit);
        connect(field->edit, &QLineEdit::textEdited, this, &SignInPage::clearFaults);
    }
}

void SignInPage::buildUi()
{
    auto *panel = new Box(Box::Kind::Plain, Tone::Neutral, this);
    panel->setFixedWidth(columnWidth);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(6 * size::unit, 6 * size::unit, 6 * size::unit, 6 * size::unit);
    column->setSpacing(size::unit);
    auto *title = new ElidedLabel(TextRole::Title, Ink::First, panel);
    title->setText(tr("Sign in to Ringbook"));
    m_intro = new Paragraph(TextRole::Body, Ink::Second, panel);
    setLocked({});
    column->addWidget(title);
    column->addWidget(m_intro);
    m_hub = addField(*column, tr("Hub"));
    m_plain = new Paragraph(TextRole::Body, Ink::Warn, panel);
    column->addWidget(m_plain);
    m_hub.edit->setPlaceholderText(QStringLiteral("https://ringbook.example.com"));
    m_login = addField(*column, tr("Login"));
    m_password = addField(*column, tr("Password"));
    m_password.edit->setEchoMode(QLineEdit::Password);
    m_phone = addField(*column, tr("Your phone today"));
    m_phone.edit->setMaxLength(longestExtension);
    m_phone.edit->setPlaceholderText(tr("Its extension; empty: the one you had"));
    m_fault = new Paragraph(TextRole::Body, Ink::Bad, panel);
    m_submit = new Button(tr("Sign in"), Button::Kind::Primary, panel);
    m_back = new Button(tr("Back to the desk"), Button::Kind::Secondary, panel);
    m_back->setKeys(QKeySequence(Qt::Key_Escape));
    m_back->hide();
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(size::groupGap);
    buttons->addWidget(m_submit);
    buttons->addWidget(m_back);
    buttons->addStretch();
    column->addSpacing(size::blockGap);
    column->addLayout(buttons);
    column->addWidget(m_fault);

    auto *across = new QHBoxLayout;
    across->addStretch();
    across->addWidget(panel);
    across->addStretch();
    auto *middle = new QVBoxLayout(this);
    middle->addStretch(2);
    middle->addLayout(across);
    middle->addStretch(3);
}

SignInPage::Field SignInPage::addField(QVBoxLayout &column, const QString &label)
{
    QWidget *panel = column.parentWidget();
    auto *caption = new ElidedLabel(TextRole::Body, Ink::Second, panel);
    caption->setText(label);
    Field field{.edit = new QLineEdit(panel), .fault = new Paragraph(TextRole::Body, Ink::Bad, panel)};
    field.edit->setAccessibleName(label);
    field.edit->setMaxLength(longestEntry);
    column.addSpacing(2 * size::unit);
    column.addWidget(caption);
    column.addWidget(field.edit);
    column.addWidget(field.fault);
    return field;
}

void SignInPage::setEntry(const Entry &entry)
{
    m_hub.edit->setText(entry.hub);
    m_login.edit->setText(entry.login);
    m_password.edit->setText(entry.password);
    m_phone.edit->setText(entry.phone);
    if (Field *field = firstEmpty())
        field->edit->setFocus();
}

void SignInPage::beginAgain(const Entry &entry)
{
    m_isAgain = true;
    m_back->show();
    setBusy(false);
    clearFaults();
    setEntry(entry);
}

void SignInPage::setLocked(const QString &sentence)
{
    m_intro->setText(
        sentence.isEmpty()
            ? tr("The hub is where your team's customers are. Your administrator knows its address.")
            : sentence);
    if (m_back)
        m_back->setVisible(m_isAgain && sentence.isEmpty());
}

SignInPage::Field *SignInPage::firstEmpty()
{
    for (Field *field : {&m_hub, &m_login, &m_password}) {
        if (field->edit->text().trimmed().isEmpty())
            return field;
    }
    return nullptr;
}

void SignInPage::submit()
{
    clearFaults();
    if (Field *field = firstEmpty()) {
        complain(*field, tr("Please fill this in."));
        return;
    }
    const QString hub = hubAddress(m_hub.edit->text());
    if (hub.isEmpty()) {
        complain(m_hub, tr("This is not the address of a hub. It looks like https://ringbook.example.com."));
        return;
    }
    const QString phone = m_phone.edit->text().trimmed();
    if (!isExtension(phone)) {
        complain(m_phone, tr("An extension has digits only, such as 102."));
        return;
    }
    setBusy(true);
    Q_EMIT signInRequested({hub, m_login.edit->text().trimmed(), m_password.edit->text(), phone});
}

void SignInPage::setBusy(bool busy)
{
    for (const Field *field : fields())
        field->edit->setEnabled(!busy);
    m_hub.edit->setEnabled(!busy && !m_isAgain);
    m_submit->setEnabled(!busy);
    m_submit->setText(busy ? tr("Signing in …") : tr("Sign in"));
}

void SignInPage::showFault(Fault fault)
{
    setBusy(false);
    clearFaults();
    const QString words = sentence(Doing::SigningIn, fault);
    switch (fault) {
    case Fault::Denied:
        complain(m_password, words);
        m_password.edit->selectAll();
        break;
    case Fault::NotFound:
    case Fault::Unreachable:
    case Fault::Protocol: complain(m_hub, words); break;
    case Fault::Invalid:
        if (m_phone.edit->text().trimmed().isEmpty())
            m_fault->setText(words);
        else
            complain(m_phone, tr("No telephone here has this extension. Leave it empty to sign in "
                                 "without it."));
        break;
    case Fault::Conflict:
        complain(m_phone, tr("Somebody talks at this phone. Take it when the call is over."));
        break;
    case Fault::Busy:
    case Fault::DiskFull:
    case Fault::Damaged:
    case Fault::TooNew:
    case Fault::Failed: m_fault->setText(words); break;
    }
}

/// It is said, not forbidden: some networks are trusted.
void SignInPage::warnOfPlain()
{
    m_plain->setText(
        isReadable(hubAddress(m_hub.edit->text()))
            ? tr("This address is not private: others on the network can read what you send, the "
                 "password too. Ask your administrator for one with https://.")
            : QString());
}

void SignInPage::showDistrust(const QString &sentence)
{
    setBusy(false);
    clearFaults();
    complain(m_hub, sentence);
}

void SignInPage::showProblem(const QString &sentence)
{
    setBusy(false);
    clearFaults();
    m_fault->setText(sentence);
}

void SignInPage::complain(Field &field, const QString &sentence)
{
    field.fault->setText(sentence);
    field.edit->setAccessibleDescription(sentence);
    field.edit->setFocus();
}

void SignInPage::clearFaults()
{
    for (const Field *field : fields()) {
        field->fault->setText({});
        field->edit->setAccessibleDescription({});
    }
    m_fault->setText({});
}

} // namespace ringbook::ui
