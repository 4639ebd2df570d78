import Files
import TestSupport
import Testing

@testable import RiskModel

struct TextTableTests {
  @Test func `holds names, cells by column, and the line of each row`() throws {
    let table = try textTable("a,b\n1,x\n2,y\n")
    #expect(table.names == ["a", "b"])
    #expect(table.columns == [["1", "2"], ["x", "y"]])
    #expect(table.lines == [2, 3])
    #expect(table.rowCount == 2)
  }

  @Test(arguments: [",", ";", "\t"]) func `finds the separator by the header`(
    separator: String
  ) throws {
    let table = try textTable("a\(separator)b\n1\(separator)\"x, y; z\"\n")
    #expect(table.delimiter == Character(separator))
    #expect(table.columns == [["1"], ["x, y; z"]])
  }

  @Test func `reads a byte order mark, CR LF, quotes and blank lines`() throws {
    let table = try textTable(
      "\u{FEFF}\"a\",b\r\n1,\"say \"\"no\"\"\"\r\n\r\n2,\"two\nlines\"\r\n3,z\r\n")
    #expect(table.names == ["a", "b"])
    #expect(table.columns[1] == ["say \"no\"", "two\nlines", "z"])
    // The quoted line break makes the third row start two lines after the second.
    #expect(table.lines == [2, 4, 6])
  }

  @Test func `drops white space around names and cells, not inside`() throws {
    let table = try textTable(" a ,b\n  1\t, x  y \n , \n")
    #expect(table.names == ["a", "b"])
    #expect(table.columns == [["1", ""], ["x  y", ""]])
  }

  @Test func `reads plain and gzipped files alike`() throws {
    let folder = TemporaryFolder()
    let text = "a,b\n1,x\n2,y\n"
    try writeFile(folder["plain.csv"]) { try $0.write(text) }
    try writeFile(folder["packed.csv"], gzip: true) { try $0.write(text) }
    let plain = try TextTable(contentsOf: folder["plain.csv"])
    let packed = try TextTable(contentsOf: folder["packed.csv"])
    #expect(plain.columns == [["1", "2"], ["x", "y"]])
    #expect(packed.columns == plain.columns)
  }

  @Test func `a missing file keeps its own kind of error`() throws {
    let folder = TemporaryFolder()
    do throws(TableError) {
      _ = try TextTable(contentsOf: folder["none.csv"])
      Issue.record("no error")
    } catch {
      #expect(error.asFileError.kind == .missing)
      #expect(error.description.contains("none.csv"))
    }
  }

  @Test(arguments: ["", "\n\n", "\u{FEFF}"]) func `an empty file has no header`(text: String) {
    #expect(throws: tableError(.shape(.noHeader))) { try textTable(text) }
  }

  @Test func `a header alone is no table`() {
    #expect(throws: tableError(.shape(.noRows), line: 1)) { try textTable("a,b\n") }
  }

  @Test func `a column without a name is refused`() {
    #expect(throws: tableError(.shape(.unnamedColumn(position: 1)), line: 1)) {
      try textTable(",a\n0,1\n")
    }
  }

  @Test func `a name that occurs twice is refused, after white space is dropped`() {
    #expect(throws: tableError(.shape(.repeatedColumn("a", first: 1, second: 3)), line: 1)) {
      try textTable("a,b,a \n1,2,3\n")
    }
  }

  @Test(arguments: [("1", 1), ("1,2,3", 3), ("1,2,", 3)])
  func `a ragged row is refused at its line`(row: String, cells: Int) {
    #expect(throws: tableError(.shape(.raggedRow(cells: cells, columns: 2)), line: 4)) {
      try textTable("a,b\n1,\"x\ny\"\n\(row)\n")
    }
  }

  @Test func `a quote that does not end is refused at its line`() throws {
    do throws(TableError) {
      _ = try textTable("a,b\n1,x\n2,\"y\n")
      Issue.record("no error")
    } catch {
      #expect(error.asFileError.line == 3)
      #expect(error.asFileError.kind == .unusable)
    }
  }

  @Test func `a column that is not there comes with the nearest name`() throws {
    let table = try textTable("tenure,Churn\n1,0\n")
    #expect(try table.column(named: "Churn", option: "--label") == 1)
    #expect(
      throws: tableError(
        .shape(.missingColumn("churn", option: "--label", nearest: "Churn")), line: 1)
    ) { try table.column(named: "churn", option: "--label") }
    #expect(
      throws: tableError(.shape(.missingColumn("x9", option: "--time", nearest: nil)), line: 1)
    ) { try table.column(named: "x9", option: "--time") }
  }
}
