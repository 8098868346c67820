/** LaTeX's common commands and environments. */
export const LATEX = `
  begin end documentclass usepackage section subsection subsubsection paragraph chapter title author
  date maketitle label ref cite caption footnote item textbf textit texttt emph frac sqrt sum prod int
  lim infty partial nabla alpha beta gamma delta epsilon theta lambda mu pi rho sigma phi psi omega
  Gamma Delta Theta Lambda Sigma Phi Psi Omega left right cdot cdots ldots times leq geq neq approx
  equiv rightarrow Rightarrow leftarrow in subset cup cap forall exists mathbb mathcal mathrm mathbf
  hat bar vec text quad document itemize enumerate equation align figure table tabular center theorem
  proof includegraphics centering newcommand bibliography
`;
