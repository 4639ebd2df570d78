internal import COpenSSL

/// A running SHA-256, by libcrypto.
@safe final class Digest {
  private let context: OpaquePointer

  init() {
    // SAFETY: EVP_MD_CTX_new returns nil only without memory; EVP_sha256 is a static table.
    guard let context = unsafe EVP_MD_CTX_new() else {
      preconditionFailure("no memory for a digest")
    }
    unsafe self.context = context
    let started = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(started == 1, "libcrypto has no SHA-256")
  }

  deinit {
    // SAFETY: the context is ours and was not freed before.
    unsafe EVP_MD_CTX_free(context)
  }

  func update(_ bytes: Span<UInt8>) {
    // SAFETY: the pointer is used only inside the closure and covers `count` bytes.
    let updated = unsafe bytes.withUnsafeBytes {
      unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count)
    }
    precondition(updated == 1, "libcrypto failed to hash")
  }

  /// Lower-case hex of everything so far; the digest must not be used again.
  func finish() -> String {
    var value = [UInt8](repeating: 0, count: 32)
    // SAFETY: SHA-256 writes 32 bytes, which is the size of `value`.
    let finished = unsafe value.withUnsafeMutableBufferPointer {
      unsafe EVP_DigestFinal_ex(context, $0.baseAddress, nil)
    }
    precondition(finished == 1, "libcrypto failed to hash")
    return hexadecimal(value)
  }
}

/// Two lower-case hex digits for each byte.
func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count * 2)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}

/// SHA-256 of `bytes` as 64 lower-case hex digits (FIPS 180-4).
package func sha256(_ bytes: [UInt8]) -> String {
  let digest = Digest()
  digest.update(bytes.span)
  return digest.finish()
}
