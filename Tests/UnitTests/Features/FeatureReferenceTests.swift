import Features
import Files
import Testing

/// The reference that is generated from the features' own descriptions.
struct FeatureReferenceTests {
  @Test func `the table of the README is the generated one`() throws {
    let root = #filePath.replacing(
      "Tests/UnitTests/Features/FeatureReferenceTests.swift", with: "")
    var readme: [UInt8] = []
    let source = try ByteSource(path: root + "README.md")
    while try source.read(upTo: 1 << 16, into: &readme) > 0 {}
    let text = String(decoding: readme, as: UTF8.self)
    let parts = text.split(
      separator: "<!-- churn-risk features --describe --markdown -->\n",
      omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    #expect(
      parts.last?.hasPrefix(FeatureReference.markdown + "<!-- end of features -->") ?? false,
      "paste what 'churn-risk features --describe --markdown' prints")
  }

  @Test func `every feature is in its family, and in the table once`() {
    let listed = FeatureReference.families.flatMap(\.features)
    #expect(Set(listed) == Set(FeatureCatalog.descriptions))
    #expect(listed.count == FeatureCatalog.descriptions.count)
    let lines = FeatureReference.markdown.split(separator: "\n")
    #expect(lines.count == listed.count + 2)
    for line in lines { #expect(line.split(separator: "|").count == 4, "\(line)") }
    #expect(FeatureReference.families.map(\.family.title).allSatisfy { $0.count > 4 })
  }
}
