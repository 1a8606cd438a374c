#pragma once

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>

#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace ringbook::test {

/// Whom a certificate is for, and how long it is good.
struct Subject
{
    QByteArray names = "IP:127.0.0.1";
    QDateTime from = QDateTime::currentDateTimeUtc().addDays(-1);
    QDateTime to = QDateTime::currentDateTimeUtc().addDays(100);
};

/// A company's authority, which vouches for hubs: an ECDSA P-256 key and a certificate of its own. What it
/// makes are files in a folder that goes with it.
class Authority
{
public:
    Authority() : m_key(newKey()), m_own(newCertificate(*m_key, "A company", {}))
    {
        extend(*m_own, NID_basic_constraints, "critical,CA:TRUE");
        extend(*m_own, NID_key_usage, "critical,keyCertSign");
        sign(*m_own, *m_own);
        write("authority.pem", [this](BIO *bio) { PEM_write_bio_X509(bio, m_own.get()); });
    }

    QString certificate() const { return m_folder.filePath("authority.pem"); }
    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Makes or replaces NAME.pem and NAME.key, which a passphrase may lock.
    void vouchFor(const QString &name, const Subject &subject = {}, const char *passphrase = nullptr) const
    {
        const Key key = newKey();
        const Certificate certificate = newCertificate(*key, name.toUtf8(), subject);
        extend(*certificate, NID_subject_alt_name, subject.names);
        sign(*certificate, *m_own);
        write(name + ".pem", [&](BIO *bio) { PEM_write_bio_X509(bio, certificate.get()); });
        writeKey(name + ".key", *key, passphrase);
    }

    /// A key without a certificate, of a kind that OpenSSL names so.
    void makeKey(const QString &name, const char *kind) const
    {
        writeKey(name, *Key(EVP_PKEY_Q_keygen(nullptr, nullptr, kind), &EVP_PKEY_free), nullptr);
    }

private:
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

    static Key newKey() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

    static Certificate newCertificate(EVP_PKEY &key, const QByteArray &name, const Subject &subject)
    {
        static long serial = 0;
        Certificate made(X509_new(), &X509_free);
        X509_set_version(made.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), ++serial);
        ASN1_TIME_set(X509_getm_notBefore(made.get()), subject.from.toSecsSinceEpoch());
        ASN1_TIME_set(X509_getm_notAfter(made.get()), subject.to.toSecsSinceEpoch());
        X509_set_pubkey(made.get(), &key);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(name.constData()), -1, -1, 0);
        return made;
    }

    static void extend(X509 &certificate, int what, const QByteArray &value)
    {
        const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
            X509V3_EXT_conf_nid(nullptr, nullptr, what, value.constData()), &X509_EXTENSION_free);
        X509_add_ext(&certificate, extension.get(), -1);
    }

    void sign(X509 &certificate, const X509 &issuer) const
    {
        X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer));
        if (!X509_sign(&certificate, m_key.get(), EVP_sha256()))
            qFatal("no certificate");
    }

    void writeKey(const QString &name, const EVP_PKEY &key, const char *passphrase) const
    {
        write(name, [&](BIO *bio) {
            PEM_write_bio_PrivateKey(bio, &key, passphrase ? EVP_aes_128_cbc() : nullptr, nullptr, 0, nullptr,
                                     const_cast<char *>(passphrase));
        });
    }

    template <typename Print>
    void write(const QString &name, Print print) const
    {
        const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
        print(bio.get());
        char *text = nullptr;
        const long size = BIO_get_mem_data(bio.get(), &text);
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text, size) != size ||
            !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            qFatal("%s cannot be written", qPrintable(name));
    }

    QTemporaryDir m_folder;
    Key m_key;
    Certificate m_own;
};

} // namespace ringbook::test
