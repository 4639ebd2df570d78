import Files

/// Gzip: any bytes as a file, and whatever was packed must come out again.
struct GzipStreams: FuzzTarget {
  let name = "gzip"
  let longestInput = 4_096

  func run(_ bytes: [UInt8]) {
    Scratch.withFile(of: bytes) { path in
      let content = try? contents(ofFile: path, limit: 1 << 26)
      if !bytes.starts(with: [0x1F, 0x8B]) { expect(content == bytes, "plain bytes changed") }
    }
    Scratch.withFile(of: []) { path in
      do {
        try writeFile(path, gzip: true) { try $0.write(bytes) }
        expect(try contents(ofFile: path) == bytes, "packed bytes changed")
      } catch {
        expect(false, "\(error)")
      }
    }
  }
}
