/** HTML's elements and common attributes. */
export const HTML = `
  DOCTYPE html head title body meta link script style div span p a img ul ol li table thead tbody tr
  th td form input button label select option textarea h1 h2 h3 h4 h5 h6 header footer main nav
  section article aside figure figcaption canvas svg path video audio iframe br hr pre code em strong
  small class id href src alt name type value content rel charset width height placeholder disabled
  checked required action method target role data onclick viewport stylesheet
`;
