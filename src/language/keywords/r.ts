/** R's keywords, and common functions. */
export const R = `
  if else repeat while function for in next break TRUE FALSE NULL Inf NaN NA library c print paste
  paste0 cat data frame list vector matrix array factor length names nrow ncol dim head tail summary
  str mean median sd var sum min max range seq rep sort order which apply sapply lapply tapply mapply
  plot hist lines points lm predict read csv write table subset merge ggplot aes geom_point geom_line
  filter select mutate group_by summarise data.frame read.csv
`;
