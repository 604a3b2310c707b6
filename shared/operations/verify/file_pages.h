// Reads the file versions of a repository page by page, damaged ones as far as they can be read.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/file_version.h"
#include "model/outline.h"
#include "operations/verify/findings.h"
#include "operations/verify/pages.h"
#include "storage/repository.h"

namespace codegraph {

// A row of codegraph_files with the rows of its chunks, as far as they can be read.
struct FileInPage {
    std::string object;  // the name of the file version in findings
    Digest digest;
    int64_t key = 0;
    int64_t chunk_count = 0, dependency_count = 0;
    FileVersion file;
    bool is_sound = false;           // the row's values have their types
    std::optional<Outline> outline;  // none where it does not decode
    SitesByDependency sites;         // empty where they do not decode
    bool has_sites = true;           // false where they do not decode
    bool has_all_chunks = false;     // file.chunks are those of the outline, each row sound
};

// Goes over all file versions of a repository, in the order of their digests. Adds to the findings what is wrong with
// the values of a row and where rows of chunks are missing or too many.
class FilePages {
public:
    FilePages(const Repository& repository, Findings& findings);
    // Reads the next page; returns whether there is one.
    Task<bool> next();
    std::vector<FileInPage>& files() { return files_; }
    int64_t count_chunk_rows() const { return chunk_rows_; }  // of the pages so far

private:
    Task<> load_chunks();
    void read_file(const Rows& rows, size_t row);
    void read_chunks(FileInPage& in_page, const Rows& rows, const std::vector<size_t>& of_file);

    const Repository& repository_;
    Findings& findings_;
    TablePages pages_;
    std::vector<FileInPage> files_;
    int64_t chunk_rows_ = 0;
    Sha256 sha256_;
};

// Returns the problem with the ordinal of the chunk in front.
std::string problem_in_chunk(size_t ordinal, const std::string& problem);

}  // namespace codegraph
