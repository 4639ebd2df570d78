internal import Files
enum OpenAPIDocument { static let json: JSONValue = [:] }
