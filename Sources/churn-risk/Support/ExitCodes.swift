package import Access
package import CommandLineKit
package import Files
package import HTTPServer
package import History
package import RiskModel
package import Simulation

// Which exit status each room's errors end with; `ExitCode` says what each means.

extension FileError: ExitCodeProviding {
  package var exitCode: ExitCode {
    switch kind {
    case _ where isReaderGone: .success
    case .missing: .missingInput
    case .unusable: .unusableInput
    case .unwritable: .cannotWrite
    }
  }

  /// Nobody is left to tell when the reader of standard output has gone, as in `… | head`.
  package var isSilent: Bool { isReaderGone }
}

extension RiskModelError: ExitCodeProviding {
  package var exitCode: ExitCode {
    switch self {
    case .contributionsDoNotAdd: .failure
    default: .unusableInput
    }
  }
}

extension TableError: ExitCodeProviding {
  package var exitCode: ExitCode { asFileError.exitCode }
}

extension SimulationError: ExitCodeProviding {
  package var exitCode: ExitCode {
    switch self {
    case .parameter: .usage
    case .folderInUse, .unwritable, .file: .cannotWrite
    }
  }
}

extension HTTPServerError: ExitCodeProviding {
  package var exitCode: ExitCode {
    switch kind {
    case .certificate: .unusableInput
    case .address, .resources: .failure
    }
  }
}

extension HistoryError: ExitCodeProviding {
  package var exitCode: ExitCode {
    switch kind {
    case .usage: .usage
    case .unusable: .unusableInput
    case .missing: .missingInput
    case .unwritable: .cannotWrite
    case .busy: .busy
    case .failed: .failure
    }
  }
}

extension AccessError: ExitCodeProviding {
  package var exitCode: ExitCode {
    switch self {
    case .file(let error): error.exitCode
    case .busy: .busy
    case .unknownToken: .missingInput
    case .forbiddenRole, .nameMissing, .textTooLong, .accountManagerMissing,
      .accountManagerRefused, .expiresInThePast:
      .usage
    }
  }
}
