import TestSupport
import Testing

@testable import Files

struct DelimitedWriterTests {
  private let folder = TemporaryFolder()

  private func written(
    usesCRLF: Bool = false, _ body: (inout DelimitedWriter) throws -> Void
  ) throws -> String {
    try writeFile(folder["a"]) { file in
      var writer = DelimitedWriter(file, usesCRLF: usesCRLF)
      try body(&writer)
    }
    return String(decoding: try contents(ofFile: folder["a"]), as: UTF8.self)
  }

  @Test func `quotes only what needs it`() {
    #expect(DelimitedWriter.field("abc") == "abc")
    #expect(DelimitedWriter.field("") == "")
    #expect(DelimitedWriter.field("a,b") == "\"a,b\"")
    #expect(DelimitedWriter.field("a;b") == "a;b")
    #expect(DelimitedWriter.field("a;b", delimiter: ";") == "\"a;b\"")
    #expect(DelimitedWriter.field("say \"x\"") == "\"say \"\"x\"\"\"")
    #expect(DelimitedWriter.field("a\r\nb") == "\"a\r\nb\"")
    #expect(DelimitedWriter.field(" a") == "\" a\"")
    #expect(DelimitedWriter.field("é\"") == "\"é\"\"\"")
  }

  // The characters are those of OWASP's page on CSV injection.
  @Test func `neutralises what a spreadsheet would run`() {
    for start in ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"] {
      #expect(DelimitedWriter.neutralised(start + "1") == "'" + start + "1")
    }
    #expect(DelimitedWriter.neutralised("\r\n=1") == "'\r\n=1")
    // A combining mark hides the sign from comparisons of characters, not from a spreadsheet.
    #expect(DelimitedWriter.neutralised("=\u{301}1") == "'=\u{301}1")
    #expect(DelimitedWriter.neutralised("a=1") == "a=1")
    #expect(DelimitedWriter.neutralised("") == "")
    #expect(
      DelimitedWriter.textField("=HYPERLINK(\"x\",\"y\")") == "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""
    )
  }

  @Test func `leaves NUL out of text from outside, also before a formula`() {
    #expect(DelimitedWriter.textField("a\0b") == "\"ab\"")
    #expect(DelimitedWriter.textField("\0=1+1") == "'=1+1")
    #expect(DelimitedWriter.textField("\0") == "")
    #expect(DelimitedWriter.field("a\0b") == "\"a\0b\"")
  }

  @Test func `writes cells by what they are`() throws {
    let text = try written { writer in
      try writer.write(["id", "name"])
      try writer.write([
        .word("-x"), .text("-x"), .integer(-7), .number(-2.5), .number(3), .number(.nan),
        .bool(true), .empty,
      ])
    }
    #expect(text == "id,name\n-x,'-x,-7,-2.5,3,,true,\n")
  }

  @Test func `ends lines as asked`() throws {
    #expect(try written(usesCRLF: true) { try $0.write(["a", "b"]) } == "a,b\r\n")
  }

  @Test func `a row of one empty field is no blank line`() throws {
    #expect(try written { try $0.write([""]) } == "\"\"\n")
  }
}
