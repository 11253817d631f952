#ifndef QUARTET_COPENSSL_H
#define QUARTET_COPENSSL_H

#include <openssl/evp.h>
#include <openssl/hmac.h>

// HMAC() takes the key's length as an int and gives back a pointer; here it is 1 for done, as elsewhere in libcrypto.
static inline int quartet_hmac_sha256(
    const unsigned char *key, size_t key_length, const unsigned char *message, size_t length, unsigned char *code) {
    return key_length <= 0x7fffffff && HMAC(EVP_sha256(), key, (int)key_length, message, length, code, NULL) != NULL;
}

// libcrypto wants a key and a context for each use; the three below make, use and free them, and are 1 for done.
static inline int quartet_ed25519_public(const unsigned char *secret, unsigned char *public_key) {
    size_t length = 32;
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, 32);
    int is_done = key != NULL && EVP_PKEY_get_raw_public_key(key, public_key, &length) == 1;
    EVP_PKEY_free(key);
    return is_done;
}

static inline int quartet_ed25519_sign(
    const unsigned char *secret, const unsigned char *message, size_t length, unsigned char *signature) {
    size_t signature_length = 64;
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, 32);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int is_done = key != NULL && context != NULL && EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1
        && EVP_DigestSign(context, signature, &signature_length, message, length) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return is_done;
}

static inline int quartet_ed25519_verify(
    const unsigned char *public_key, const unsigned char *message, size_t length, const unsigned char *signature) {
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, 32);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int is_valid = key != NULL && context != NULL && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1
        && EVP_DigestVerify(context, signature, 64, message, length) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return is_valid;
}

#endif
