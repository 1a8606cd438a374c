#include "sync/calls/webhook/HookSignature.h"
#include "tests/support/FakeClock.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using ringbook::tests::FakeClock;
using Form = HookSettings::Form;

namespace {

constexpr TimeMs now = FakeClock::start;
constexpr char secret[] = "a long and random secret";

/// What openssl says the HMAC is, or nothing where it is not installed.
QByteArray byOpenssl(const QStringList &arguments, const QByteArray &text)
{
    QProcess openssl;
    openssl.start("openssl", QStringList{"dgst"} + arguments + QStringList{"-hmac", secret, "-r"});
    openssl.write(text);
    openssl.closeWriteChannel();
    openssl.waitForFinished();
    return openssl.readAllStandardOutput().split(' ').first();
}

HookSettings settings(Form form)
{
    return {.form = form, .secret = secret, .publicUrl = "https://mycompany.com"};
}

HookRequest generic(TimeMs at, const QByteArray &body = "{}", const QByteArray &key = secret)
{
    const QByteArray timestamp = QByteArray::number(at / secondMs);
    return {.headers = {{hookTimestampHeader, timestamp},
                        {hookSignatureHeader, genericSignature(key, timestamp, body)}},
            .body = body};
}

} // namespace

class tst_HookSignature : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensslAgrees()
    {
        if (QStandardPaths::findExecutable("openssl").isEmpty())
            QSKIP("there is no openssl here");
        const QByteArray body = R"({"event":"ringing","name":"Müller"})";

        QCOMPARE(genericSignature(secret, "1795525620", body), byOpenssl({"-sha256"}, "1795525620." + body));
        QCOMPARE(placetelSignature(secret, body), byOpenssl({"-sha256"}, body));
        QCOMPARE(QByteArray::fromBase64(twilioSignature(secret, "https://h/x?a=1", {{"b", "2"}, {"a", "1"}}))
                     .toHex(),
                 byOpenssl({"-sha1"}, "https://h/x?a=1a1b2"));
    }

    /// The example of Twilio's own documentation and libraries.
    void twiliosPublishedExamplesAreRight()
    {
        HookSettings twilio = settings(Form::Twilio);
        twilio.secret = "12345";
        HookReplays replays;
        const HookRequest form{.target = "/myapp.php?foo=1&bar=2",
                               .headers = {{"content-type", "application/x-www-form-urlencoded"},
                                           {twilioSignatureHeader, "RSOYDt4T1cUTdK1PDd93/VVr8B8="}},
                               .body = "Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%"
                                       "2B14158675309&CallSid=CA1234567890ABCDE"};
        const HookRequest json{.target = "/myapp.php?foo=1&bar=2&bodySHA256="
                                         "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
                               .headers = {{"content-type", "application/json"},
                                           {twilioSignatureHeader, "a9nBmqA0ju/hNViExpshrM61xv4="}},
                               .body = R"({"property": "value", "boolean": true})"};

        QVERIFY(checkHook(twilio, form, now, replays));
        QVERIFY(checkHook(twilio, json, now, replays));
        HookRequest changed = form;
        changed.body.replace("1234&To", "1235&To");
        QVERIFY(!checkHook(twilio, changed, now, replays));
        changed = form;
        changed.target.replace("bar=2", "bar=3");
        QVERIFY(!checkHook(twilio, changed, now, replays));
        changed = json;
        changed.body.replace("true", "null");
        QVERIFY(!checkHook(twilio, changed, now, replays));
    }

    void twilioMayNameTheUsualPortOrNot()
    {
        const HookSettings twilio = settings(Form::Twilio);
        HookReplays replays;
        for (const char *url : {"https://mycompany.com/x", "https://mycompany.com:443/x"}) {
            const HookRequest request{
                .target = "/x",
                .headers = {{twilioSignatureHeader, twilioSignature(secret, url, {{"a", "1"}})}},
                .body = "a=1"};
            QVERIFY2(checkHook(twilio, request, now, replays), url);
        }
        const HookRequest other{
            .target = "/x",
            .headers = {{twilioSignatureHeader,
                         twilioSignature(secret, "https://mycompany.com:444/x", {{"a", "1"}})}},
            .body = "a=1"};
        QVERIFY(!checkHook(twilio, other, now, replays));
    }

    /// Carriers' certificates are longer than any field that is read.
    void longFieldsAreSignedToo()
    {
        const QString token(maxHookText + 500, 'e');
        HookReplays replays;
        const HookRequest request{
            .target = "/x",
            .headers = {{twilioSignatureHeader,
                         twilioSignature(secret, "https://mycompany.com/x", {{"StirPassportToken", token}})}},
            .body = "StirPassportToken=" + token.toUtf8()};

        QVERIFY(checkHook(settings(Form::Twilio), request, now, replays));
    }

    void placetelSignsTheBody()
    {
        HookReplays replays;
        const QByteArray body = "event=IncomingCall&call_id=1";
        HookRequest request{.headers = {{placetelSignatureHeader, placetelSignature(secret, body)}},
                            .body = body};

        QVERIFY(checkHook(settings(Form::Placetel), request, now, replays));
        request.body += '2';
        QVERIFY(!checkHook(settings(Form::Placetel), request, now, replays));
        request.headers.clear();
        QVERIFY(!checkHook(settings(Form::Placetel), request, now, replays));
    }

    void twoSecretsAreGoodWhileOneIsReplaced()
    {
        HookSettings rotating = settings(Form::Generic);
        rotating.formerSecret = "the secret of last year";
        HookReplays replays;

        QVERIFY(checkHook(rotating, generic(now), now, replays));
        QVERIFY(checkHook(rotating, generic(now, "{}", rotating.formerSecret), now, replays));
        QVERIFY(!checkHook(rotating, generic(now, "{}", "neither of the two secrets"), now, replays));
        QVERIFY(!checkHook(settings(Form::Generic), generic(now, "{}", ""), now, replays));
    }

    void theClockMayBeOffForFiveMinutes_data()
    {
        QTest::addColumn<TimeMs>("off");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("five minutes late") << -hookClockWindow << true;
        QTest::newRow("later") << -hookClockWindow - secondMs << false;
        QTest::newRow("five minutes early") << hookClockWindow << true;
        QTest::newRow("earlier") << hookClockWindow + secondMs << false;
    }

    void theClockMayBeOffForFiveMinutes()
    {
        QFETCH(TimeMs, off);
        QFETCH(bool, isTaken);
        HookReplays replays;

        QCOMPARE(bool(checkHook(settings(Form::Generic), generic(now + off), now, replays)), isTaken);
    }

    void aRequestCountsOnce()
    {
        HookReplays replays;
        const HookSettings own = settings(Form::Generic);

        QVERIFY(checkHook(own, generic(now), now, replays));
        QVERIFY(!checkHook(own, generic(now), now, replays));
        QVERIFY(!checkHook(own, generic(now), now + hookClockWindow, replays));
        QVERIFY(checkHook(own, generic(now, R"({"seq":2})"), now, replays));
        HookRequest shouted = generic(now);
        shouted.headers[hookSignatureHeader] = shouted.headers[hookSignatureHeader].toUpper();
        QVERIFY(!checkHook(own, shouted, now, replays));
    }

    void unsignedRequestsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("timestamp");
        QTest::addColumn<QByteArray>("signature");
        const QByteArray good = QByteArray::number(now / secondMs);
        QTest::newRow("no signature") << good << QByteArray();
        QTest::newRow("no time") << QByteArray() << genericSignature(secret, "", "{}");
        QTest::newRow("a word") << QByteArray("now") << genericSignature(secret, "now", "{}");
        QTest::newRow("negative") << QByteArray("-1") << genericSignature(secret, "-1", "{}");
        QTest::newRow("endless") << QByteArray(400, '1')
                                 << genericSignature(secret, QByteArray(400, '1'), "{}");
        QTest::newRow("cut") << good << genericSignature(secret, good, "{}").chopped(1);
    }

    void unsignedRequestsAreRefused()
    {
        QFETCH(QByteArray, timestamp);
        QFETCH(QByteArray, signature);
        HookReplays replays;
        const HookRequest request{
            .headers = {{hookTimestampHeader, timestamp}, {hookSignatureHeader, signature}}, .body = "{}"};

        const Status checked = checkHook(settings(Form::Generic), request, now, replays);

        QVERIFY(!checked);
        QCOMPARE(checked.error().fault, Fault::Denied);
    }

    void whatIsRememberedIsBounded()
    {
        HookReplays replays;
        for (qsizetype i = 0; i < maxHookReplays; ++i)
            QVERIFY(replays.isNew(QByteArray::number(i), now, now));

        QVERIFY(!replays.isNew("one more", now, now));
        QVERIFY(
            replays.isNew("one more", now + hookClockWindow + secondMs, now + hookClockWindow + secondMs));
    }

    void tokensAreComparedWhole()
    {
        const HookSettings known{.token = "abcdefghijklmnopqrstuvwx",
                                 .formerToken = "ABCDEFGHIJKLMNOPQRSTUVWX"};

        QVERIFY(known.knowsToken("abcdefghijklmnopqrstuvwx"));
        QVERIFY(known.knowsToken("ABCDEFGHIJKLMNOPQRSTUVWX"));
        QVERIFY(!known.knowsToken("abcdefghijklmnopqrstuvw"));
        QVERIFY(!known.knowsToken("abcdefghijklmnopqrstuvwxy"));
        QVERIFY(!known.knowsToken(""));
        QVERIFY(!HookSettings{.token = known.token}.knowsToken(""));
    }

    void onlyNamedMachinesMayPost()
    {
        HookSettings named{.allowedAddresses = {QHostAddress::parseSubnet("192.0.2.0/24"),
                                                QHostAddress::parseSubnet("2001:db8::7")}};

        QVERIFY(HookSettings{}.takesFrom("203.0.113.9"));
        QVERIFY(named.takesFrom("192.0.2.255"));
        QVERIFY(named.takesFrom("::ffff:192.0.2.1"));
        QVERIFY(named.takesFrom("2001:db8::7"));
        QVERIFY(!named.takesFrom("192.0.3.1"));
        QVERIFY(!named.takesFrom("2001:db8::8"));
        QVERIFY(!named.takesFrom("behind a proxy"));
    }
};

QTEST_GUILESS_MAIN(tst_HookSignature)
#include "tst_HookSignature.moc"
